# SPDX-License-Identifier: Apache-2.0
"""Counts time limits a second time, from the statutes' words and not from our programs.

    dates.py random SEED COUNT           prints COUNT sums as tests/scenario/deadlines.c reads them
    dates.py table FILE                  the same of a table of real cases
    dates.py judge SUMS ANSWERS NOTICE...        our answers to the sums, against a count of its own
    dates.py judge-table FILE ANSWERS NOTICE...  and against what the table says
    dates.py judge-days FILE DAYS        our kinds of days, against a table of the published holidays

The start day is not counted; a limit in months or years ends on the same number, or on the month's last day where it has
none (Civil Code 201, 202); whether a day off moves the end is each rule's own (Civil Code 203, Civil Procedure Law 85).
Days of a pause are not counted, and a last day is not moved onto one.
"""
import calendar
import json
import random
import re
import sys
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
WORKING, MAKE_UP, WEEKEND, OFF, STATUTORY = (
    "working day", "make-up working day", "weekend", "day off", "statutory holiday")
SHOWN = 5  # differences that are printed


def number(day):
    return (day - EPOCH).days


# ---- notices -------------------------------------------------------------------------------------------------------


def between(first, last):
    return [first + timedelta(n) for n in range((last - first).days + 1)]


class Notices:
    """The lists of days off: for each body the days that its notices name, the later notice first."""

    def __init__(self, paths):
        self.named = {}      # (body, day) -> (issued, kind)
        self.published = set()  # (body, year)
        for path in paths:
            with open(path, encoding="utf-8") as file:
                self.read(re.sub(r"^\s*#.*$", "", file.read(), flags=re.M))

    def read(self, text):
        spans = re.findall(r"off\s*\{(.*?)\}", text, re.S)
        head = re.sub(r"off\s*\{.*?\}", "", text, flags=re.S)

        def values(key, where):
            return re.findall(rf'\b{key}:\s*"?([^"\s]+)"?', where)

        body = (values("name", head) or [""])[0]
        issued = values("issued", head)[0]
        self.published.add((body, int(values("year", head)[0])))
        for span in spans:
            first = date.fromisoformat(values("from", span)[0])
            last = date.fromisoformat((values("to", span) or values("from", span))[0])
            for day in between(first, last):
                self.name(body, day, issued, OFF)
        for kind, key in ((MAKE_UP, "working"), (STATUTORY, "statutory")):
            for day in values(key, head):
                self.name(body, date.fromisoformat(day), issued, kind)

    def name(self, body, day, issued, kind):
        if issued >= self.named.get((body, day), ("", ""))[0]:
            self.named[body, day] = (issued, kind)

    def kind(self, body, day):
        for whose in (body, ""):
            if (whose, day) in self.named:
                return self.named[whose, day][1]
        return WEEKEND if day.isoweekday() >= 6 else WORKING

    def knows(self, body, day):
        return (body, day.year) in self.published or ("", day.year) in self.published


# ---- counting ------------------------------------------------------------------------------------------------------


def months_later(day, months):
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Count:
    """One time limit being counted: all that was passed over is noted with its reason."""

    def __init__(self, notices, clock, pauses):
        self.notices, self.clock = notices, clock
        self.paused = {day for first, until in pauses for day in between(first, until - timedelta(1))}
        self.step = timedelta(-1 if clock.get("backwards") else 1)
        self.body = clock.get("calendar", "")
        self.counted = 0
        self.passed = {}  # (day, rolled) -> reason
        self.provisional = False

    def kind(self, day):
        self.provisional |= not self.notices.knows(self.body, day)
        return self.notices.kind(self.body, day)

    def rests(self, kind):
        return kind not in ([WORKING] if self.clock.get("make_up_is_rest") else [WORKING, MAKE_UP])

    def why_not(self, day, unit):
        """Why the day is not counted; None: it is."""
        if day in self.paused:
            return "paused"
        if unit == "working_days" and self.rests(self.kind(day)):
            return self.kind(day)
        return None

    def amount(self, start, amount, unit):
        if unit in ("months", "years"):
            end = months_later(start, amount * (12 if unit == "years" else 1) * self.step.days)
            amount, unit = abs((end - start).days), "days"
        self.counted += amount
        day = start
        while amount:
            day += self.step
            reason = self.why_not(day, unit)
            if reason:
                self.passed[day, False] = reason
            else:
                amount -= 1
        return day

    def moved(self, day):
        """To where the rule says: on past days off and pauses, or back, but not into a pause."""
        roll = self.clock.get("roll", "none")
        while roll == "back" and self.rests(self.kind(day)) and day - timedelta(1) not in self.paused:
            self.passed[day, True] = self.kind(day)
            day -= timedelta(1)
        while roll in ("statutory", "day_off"):
            reason = "paused" if day in self.paused else self.kind(day)
            if reason != "paused" and not (reason == STATUTORY if roll == "statutory" else self.rests(reason)):
                break
            self.passed[day, True] = reason
            day += timedelta(1)
        return day


def extended(count, raw, day, extensions):
    rule = count.clock.get("extension", {})
    for extension in extensions:
        if "agreed_day" in extension:
            raw = day = EPOCH + timedelta(extension["agreed_day"])
        else:
            raw = count.amount(day if rule.get("from_rolled") else raw, extension["amount"], rule["unit"])
            day = count.moved(raw)
    return raw, day


def warned(notices, clock, pauses, start, last):
    if "earlier" in clock:
        other = Count(notices, {**clock, **clock["earlier"]}, pauses)
        day = other.moved(other.amount(start, clock["earlier"]["amount"], clock["earlier"]["unit"]))
    elif clock.get("warn_days"):
        day = last - timedelta(clock["warn_days"])
    else:
        return "-"
    return day.isoformat() if clock.get("backwards") or day > start else "-"


def answer(notices, start, agreed, clock, ledger):
    """The line that deadlines.c must have printed."""
    pauses = [(EPOCH + timedelta(p["from_day"]), EPOCH + timedelta(p["until_day"])) for p in ledger.get("pauses", [])]
    count = Count(notices, clock, pauses)
    if clock["unit"] == "agreed":
        raw, last = extended(count, agreed, agreed, ledger.get("extensions", []))
        provisional, rest = False, count.rests(notices.kind(count.body, last))
    else:
        raw = count.amount(start, clock["amount"], clock["unit"])
        raw, last = extended(count, raw, count.moved(raw), ledger.get("extensions", []))
        provisional, rest = count.provisional, False
    passed = [f"{day} {reason}{' moved' if rolled else ''}" for (day, rolled), reason in sorted(count.passed.items())]
    return "\t".join([last.isoformat(), raw.isoformat(), warned(notices, clock, pauses, start, last),
                      "provisional" if provisional else "sure", "rest" if rest else "-", str(count.counted),
                      ",".join(passed) or "-"])


# ---- random sums ---------------------------------------------------------------------------------------------------

AMOUNTS = {"days": 400, "working_days": 120, "months": 24, "years": 3}
UNITS = ["days"] * 8 + ["working_days"] * 6 + ["months"] * 4 + ["years"] * 2
ROLLS = ["none", "statutory", "day_off", "back"]


def random_amount(dice, most=1.0):
    unit = dice.choice(UNITS)
    return {"unit": unit, "amount": dice.randint(1, max(1, int(AMOUNTS[unit] * most)))}


def random_clock(dice):
    clock = {"unit": "agreed"} if dice.random() < 0.08 else {**random_amount(dice), "roll": dice.choice(ROLLS)}
    clock["calendar"] = dice.choice(["", "", "", "", "bank", "bank", "nobody"])
    if clock["unit"] != "agreed" and dice.random() < 0.15:
        clock["backwards"] = True
    if dice.random() < 0.3:
        clock["make_up_is_rest"] = True
    if dice.random() < 0.5:
        clock["warn_days"] = dice.randint(1, 60)
    if dice.random() < 0.15:
        clock["earlier"] = {**random_amount(dice), "roll": dice.choice(ROLLS)}
    return clock


def random_pauses(dice, start):
    """After the start, one after another."""
    pauses, day = [], start + 1
    for _ in range(dice.randint(1, 3)):
        first = day + int(dice.expovariate(1 / 40))
        day = first + int(dice.expovariate(1 / 20))
        pauses.append({"from_day": first, "until_day": day})
    return pauses


def random_extensions(dice, start):
    if dice.random() < 0.2:
        return {"unit": "agreed"}, [{"agreed_day": start + dice.randint(1, 900)}]
    rule = {"unit": dice.choice(UNITS), "from_rolled": dice.random() < 0.5}
    return rule, [{"amount": dice.randint(1, max(1, AMOUNTS[rule["unit"]] // 4))} for _ in range(dice.randint(1, 3))]


def random_sum(dice):
    start = number(date(2013, 1, 1)) + dice.randrange((date(2028, 1, 1) - date(2013, 1, 1)).days)
    clock, ledger = random_clock(dice), {}
    if not clock.get("backwards") and dice.random() < 0.35:  # a pause lies between a start and its end
        ledger["pauses"] = random_pauses(dice, start)
    if dice.random() < 0.25:
        clock["extension"], ledger["extensions"] = random_extensions(dice, start)
    return start, start + dice.randint(1, 500), clock, ledger


def print_sum(start, agreed, clock, ledger):
    print(start, agreed, json.dumps(clock), json.dumps(ledger), sep="\t")


# ---- tables --------------------------------------------------------------------------------------------------------


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def unit_name(words):
    """'1 working day' and '5 working days' are of one unit."""
    return words.replace(" ", "_").rstrip("s") + "s"


ROLL_WORDS = {"past days off": "day_off", "past statutory holidays": "statutory", "back to a working day": "back"}


def table_sum(start, words):
    """'30 days, past days off, paused 2025-03-10 until 2025-04-10' as a sum."""
    first, *more = words.split(", ")
    clock, ledger, agreed = {}, {}, 0
    if first.startswith("agreed "):
        clock["unit"], agreed = "agreed", number(date.fromisoformat(first[7:]))
    else:
        amount, unit = first.split(" ", 1)
        clock["amount"], clock["unit"] = int(amount), unit_name(unit)
    for word in more:
        if word in ROLL_WORDS:
            clock["roll"] = ROLL_WORDS[word]
        elif word == "before":
            clock["backwards"] = True
        elif word == "make-up days rest":
            clock["make_up_is_rest"] = True
        elif word.startswith("paused "):
            since, until = (number(date.fromisoformat(day)) for day in word[7:].split(" until "))
            ledger.setdefault("pauses", []).append({"from_day": since, "until_day": until})
        else:
            amount, unit, basis = re.fullmatch(r"extended by (\d+) (.+?) from the (raw|moved) day", word).groups()
            clock["extension"] = {"unit": unit_name(unit), "from_rolled": basis == "moved"}
            ledger.setdefault("extensions", []).append({"amount": int(amount)})
    return number(date.fromisoformat(start)), agreed, clock, ledger


# ---- judging -------------------------------------------------------------------------------------------------------


def in_order(line):
    """With the days that were passed over by date, each once: a program may come by one twice, and from either side."""
    *figures, passed = line.split("\t")
    return "\t".join([*figures, ",".join(sorted(set(passed.split(","))))])


def report(word, differences, count):
    for difference in differences[:SHOWN]:
        print(difference)
    print(f"{word}={count} matched={count - len(differences)}")


def judge(sums, answers, notices):
    differences = []
    if len(sums) != len(answers):
        sys.exit(f"{len(sums)} sums and {len(answers)} answers")
    for at, (line, given) in enumerate(zip(sums, answers), 1):
        start, agreed, clock, ledger = line.split("\t")
        wanted = answer(notices, EPOCH + timedelta(int(start)), EPOCH + timedelta(int(agreed)), json.loads(clock),
                        json.loads(ledger))
        if in_order(given) != wanted:
            differences.append(f"sum {at}: {line}\n  the program: {given}\n  counted here: {wanted}")
    return differences


def judge_table(path, answers, notices):
    differences, table = [], rows(path)
    for (what, start, words, last, *more), given in zip(table, answers, strict=True):
        first, agreed, clock, ledger = table_sum(start, words)
        counted = answer(notices, EPOCH + timedelta(first), EPOCH + timedelta(agreed), clock, ledger)
        for who, line in (("the program", given), ("counted here", counted)):
            if line.split("\t")[0] != last or not set(more) <= set(line.split("\t")[3:5]):
                differences.append(f"{what}: {last} {' '.join(more)}\n  {who}: {line}")
                break
    return differences, len(table)


def table_days(year, text):
    for span in filter(None, text.split(", ")):
        ends = [date(year, *map(int, day.split("."))) for day in span.split("-")]
        yield from between(ends[0], ends[-1])


def judge_days(path, lines):
    kinds = dict(line.split("\t") for line in lines)
    differences, table = [], rows(path)
    for year_text, off_text, make_up_text, working in table:
        year = int(year_text)
        off, make_up = set(table_days(year, off_text)), set(table_days(year, make_up_text))
        worked = [day for day in between(date(year, 1, 1), date(year, 12, 31))
                  if day in make_up or (day.isoweekday() < 6 and day not in off)]
        ours = [day for day in between(date(year, 1, 1), date(year, 12, 31))
                if kinds[day.isoformat()] in (WORKING, MAKE_UP)]
        swapped = {day for day in make_up if kinds[day.isoformat()] != MAKE_UP}
        wrong = sorted(set(worked) ^ set(ours) | swapped)
        if wrong or len(ours) != int(working):
            differences.append(f"{year}: {len(ours)} working days, not {working}; {', '.join(map(str, wrong))}")
    return differences, len(table)


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def main(verb, *words):
    if verb == "random":
        dice = random.Random(int(words[0]))
        for _ in range(int(words[1])):
            print_sum(*random_sum(dice))
    elif verb == "table":
        for _, start, rule, *_ in rows(words[0]):
            print_sum(*table_sum(start, rule))
    elif verb == "judge":
        sums = lines_of(words[0])
        report("dates", judge(sums, lines_of(words[1]), Notices(words[2:])), len(sums))
    elif verb == "judge-table":
        report("dates", *judge_table(words[0], lines_of(words[1]), Notices(words[2:])))
    elif verb == "judge-days":
        report("years", *judge_days(words[0], lines_of(words[1])))
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
