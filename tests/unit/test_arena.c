/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/arena.h"

#include <cmocka.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { SMALL_LIMIT = 1024, MANY = 5000, ABOVE_A_BLOCK = 3 << 20 };

static void test_what_would_pass_the_limit_is_refused_and_the_rest_still_fits(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SMALL_LIMIT);
    assert_null(arena_alloc(arena, SMALL_LIMIT + 1));
    assert_non_null(arena_alloc(arena, SMALL_LIMIT / 2));
    assert_null(arena_alloc(arena, SMALL_LIMIT / 2 + 1));
    assert_non_null(arena_alloc(arena, SMALL_LIMIT / 2));
    assert_null(arena_alloc(arena, 1));
    arena_free(&arena);
}

static void test_a_size_that_would_overflow_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SMALL_LIMIT);
    assert_non_null(arena_alloc(arena, 16));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_alloc(arena, SIZE_MAX - 8));
    arena_free(&arena);
}

static void test_every_piece_is_aligned_zeroed_and_its_own(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    unsigned char *before = NULL;
    for (size_t i = 1; i <= MANY; i++) {
        size_t size = i % 61 + 1;
        unsigned char *piece = arena_take(arena, size);
        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++)
            assert_int_equal(piece[at], 0);
        memset(piece, 0xff, size);
        assert_true(piece != before);
        before = piece;
    }
    arena_free(&arena);
}

static void test_cleared_memory_is_given_out_again_as_zeroes(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SMALL_LIMIT);
    memset(arena_alloc(arena, SMALL_LIMIT), 0xff, SMALL_LIMIT);
    arena_clear(arena);
    assert_int_equal(arena_used(arena), 0);
    unsigned char *again = arena_alloc(arena, SMALL_LIMIT);
    assert_non_null(again);
    for (size_t at = 0; at < SMALL_LIMIT; at++)
        assert_int_equal(again[at], 0);
    arena_free(&arena);
}

static void test_clearing_an_arena_of_many_blocks_keeps_it_usable(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < MANY; i++)
            memset(arena_take(arena, 100), round, 100);
        assert_true(arena_used(arena) >= (size_t)MANY * 100);
        arena_clear(arena);
    }
    arena_clear(arena);
    assert_int_equal(arena_used(arena), 0);
    arena_free(&arena);
}

static void test_a_piece_larger_than_any_block_is_given_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    unsigned char *large = arena_take(arena, ABOVE_A_BLOCK);
    large[0] = 1;
    large[ABOVE_A_BLOCK - 1] = 2;
    char *text = arena_text(arena, "behind it");
    assert_string_equal(text, "behind it");
    assert_int_equal(large[0], 1);
    assert_int_equal(large[ABOVE_A_BLOCK - 1], 2);
    arena_free(&arena);
}

static void test_copies_do_not_follow_their_source(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    char source[] = "wage";
    char *text = arena_text(arena, source);
    char *bytes = arena_copy(arena, source, 4);
    source[0] = 'p';
    assert_string_equal(text, "wage");
    assert_memory_equal(bytes, "wage", 4);
    assert_non_null(arena_copy(arena, NULL, 0));
    arena_free(&arena);
}

static void test_protobuf_unpacks_within_the_limit_only(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SMALL_LIMIT);
    ProtobufCAllocator *allocator = arena_allocator(arena);
    void *piece = allocator->alloc(allocator->allocator_data, SMALL_LIMIT / 2);
    assert_non_null(piece);
    assert_non_null(allocator->alloc(allocator->allocator_data, 0));
    allocator->free(allocator->allocator_data, piece);
    assert_null(allocator->alloc(allocator->allocator_data, SMALL_LIMIT));
    arena_free(&arena);
}

static void test_free_forgets_the_pointer_and_may_be_repeated(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    assert_null(arena_alloc(arena, 1));
    arena_free(&arena);
    assert_null(arena);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_would_pass_the_limit_is_refused_and_the_rest_still_fits),
        cmocka_unit_test(test_a_size_that_would_overflow_is_refused),
        cmocka_unit_test(test_every_piece_is_aligned_zeroed_and_its_own),
        cmocka_unit_test(test_cleared_memory_is_given_out_again_as_zeroes),
        cmocka_unit_test(test_clearing_an_arena_of_many_blocks_keeps_it_usable),
        cmocka_unit_test(test_a_piece_larger_than_any_block_is_given_whole),
        cmocka_unit_test(test_copies_do_not_follow_their_source),
        cmocka_unit_test(test_protobuf_unpacks_within_the_limit_only),
        cmocka_unit_test(test_free_forgets_the_pointer_and_may_be_repeated),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
