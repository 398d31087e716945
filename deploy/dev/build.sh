# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Build: configures and builds one of the known builds under build/. Two runs in one clone wait for each other.

build_options() {
    case $1 in
    gcc) echo -DCMAKE_C_COMPILER=gcc ;;
    clang) echo -DCMAKE_C_COMPILER=clang ;;
    asan) echo -DCMAKE_C_COMPILER=gcc -DTIAOJIE_SANITIZE=ON ;;
    fuzz) echo -DCMAKE_C_COMPILER=clang -DTIAOJIE_FUZZ=ON ;;
    *) die "no build is called $1" ;;
    esac
}

build_steps() {
    local folder=$1
    shift
    cmake -S "$TIAOJIE_ROOT" -B "$folder" -G Ninja "$@" && cmake --build "$folder"
}

# build NAME: build/NAME holds programs in bin/, tests in tests/{unit,fuzz,bench,scenario}/, catalogues in locale/.
build() {
    local name=$1 folder=$TIAOJIE_ROOT/build/$1 options
    read -ra options < <(build_options "$name")
    mkdir -p "$folder"
    (
        flock 9
        quietly "$folder/build.log" build_steps "$folder" "${options[@]}"
    ) 9>"$folder/lock"
}
