/* SPDX-License-Identifier: Apache-2.0
 *
 * Bad input: the cases. Each is a sentence, what is sent by whom and how, and what must come back: the status, a part
 * of the field's path, words of the reason, remedy or article. Cases whose status is OK come first: they are what a
 * strict check must not refuse, and they make what the others are about.
 *
 * Most of the refused cases are about a person whom the node has not seen: not even a key may be made for them.
 *
 * Texts hold <name> where something kept from an earlier answer belongs, and <again> for `times` copies of `again`.
 */
#pragma once
#include "common/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum way {
    BY_PARTNER,  /* through the partner library */
    BY_HAND,     /* one frame on a socket of our own, spoiled as the case says */
    BY_PARTS,    /* the same behind an empty frame */
    BY_PREFIXES, /* each beginning of the frame: every one must be refused */
    AS_IT_IS,    /* the frame is `tail` and nothing else */
};

struct bytes {
    size_t size;
    const char *text;
};

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        sizeof(literal) - 1, literal                                                                                   \
    }

struct bad_case {
    const char *sentence;
    const char *as; /* profile */
    enum way way;
    const char *service, *name;
    bool question;
    const char *target;
    const char *body; /* JSON; NULL: empty */
    const char *again;
    unsigned times;
    struct bytes find, put; /* in the packed body, of one size */
    struct bytes body_tail; /* behind the packed body */
    struct bytes tail;      /* behind the packed command */
    struct bytes id_bytes;  /* instead of an id */
    const char *id;         /* the same id wherever it is named */
    int age;                /* seconds since the id was made */
    uint64_t version;
    int64_t deadline;
    enum status status;
    const char *field;
    const char *words[3]; /* of an accepted one: in its answer, as JSON */
    bool repeated;        /* the answer is the first one again */
    const char *keep;     /* a name for what the answer is about */
    const char *from;     /* or for what stands there in its body, such as "dispute.claims.0.worker.person" */
    bool until;           /* again until it is so: one service waits for another's news */
};

enum { DAY_SECONDS = 86400 };

/* ---- pieces of bodies ---- */

#define PERSON(name, number) "{\"name\": \"" name "\", \"identity_number\": \"" number "\"}"
#define LI PERSON("李明", "11010519491231002X")
#define STRANGER PERSON("钱新", "44011320141005001X")
#define WANG PERSON("王芳", "440308199901101512")

#define CLAIM(worker, fen) "{\"worker\": " worker ", \"amount_fen\": " fen "}"
#define FIRM(name, code) "{\"role\": \"respondent\", \"name\": \"" name "\", \"credit_code\": \"" code "\"}"
#define YUNCHUAN FIRM("云川劳务", "91440300MA5EXA1029")
#define GUANGSHA FIRM("广厦建设", "914403001921736183")
#define OTHER "{\"role\": \"respondent\", \"name\": \"第三家\"}"

#define PAPERS "\"papers\": [\"application\", \"identity papers\", \"proof of the claims\"]"
#define KIND "\"kind\": \"labour-wages\""
#define PLACE "\"place\": 440305"
#define HEAD KIND ", " PLACE ", " PAPERS
#define DISPUTE(head, claims, parties) "{\"dispute\": {" head ", \"claims\": [" claims "], \"parties\": [" parties "]}}"

/* A dispute in which everything is right but one thing. */
#define HEADED(head) DISPUTE(head, CLAIM(STRANGER, "100"), OTHER)
#define OF_FEN(fen) DISPUTE(HEAD, CLAIM(STRANGER, fen), OTHER)
#define OF_PERSON(name, number) DISPUTE(HEAD, CLAIM(PERSON(name, number), "100"), OTHER)
#define OF_NAME(name) OF_PERSON(name, "11010519491231002X")
#define OF_NUMBER(number) OF_PERSON("李明", number)
#define AGAINST(parties) DISPUTE(HEAD, CLAIM(STRANGER, "100"), parties)
#define OF_CODE(code) AGAINST(FIRM("第三家", code))

#define REGISTER .as = "clerk", .service = "intake", .name = "application register", .target = "1"
#define INTAKE(command, about) .as = "clerk", .service = "intake", .name = command, .target = about
#define CASE(who, command, about) .as = who, .service = "mediation", .name = command, .target = about
#define ASSIGN(who, command, about) .as = who, .service = "assignment", .name = command, .target = about
#define REFUSED(code, where, ...) .status = code, .field = where, .words = {__VA_ARGS__}

#define DRAFT(first, second, plan)                                                                                     \
    "{\"portions\": [{\"claim\": 1, \"amount_fen\": " first "}, {\"claim\": 2, \"amount_fen\": " second "}], " plan "}"
#define LISTED(first, second)                                                                                          \
    "\"instalments\": [{\"due_day\": <tomorrow>, \"amount_fen\": " first "}, {\"due_day\": <tomorrow>, "               \
    "\"amount_fen\": " second "}]"

/* One case a paragraph, which the formatter would not keep. */
/* clang-format off */
static const struct bad_case CASES[] = {

/* ---- accepted: what the others are about ---- */

{"an application of two workers is registered", REGISTER, .id = "first", .keep = "application",
 .body = DISPUTE(HEAD ", \"summary\": \"两个月工资未付\"", CLAIM(LI, "100000") ", " CLAIM(WANG, "50000"), YUNCHUAN)},
{"the same command with the same id gets the first answer again", REGISTER, .id = "first", .repeated = true,
 .body = DISPUTE(HEAD ", \"summary\": \"两个月工资未付\"", CLAIM(LI, "100000") ", " CLAIM(WANG, "50000"), YUNCHUAN)},
{"an amount of 2^53 fen is the largest one", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "9007199254740992"), FIRM("大额", "91110108551385082Q"))},
{"an application without papers is registered and says what is missing", REGISTER, .keep = "lacking",
 .words = {"papers asked", "proof of the claims"}, .body = DISPUTE(KIND ", " PLACE, CLAIM(WANG, "100"), OTHER)},

/* ---- accepted: identity numbers ---- */

{"a check letter x in lower case is accepted", REGISTER, .keep = "small x",
 .body = DISPUTE(HEAD, CLAIM(PERSON("张伟", "11010119900307803x"), "100"), GUANGSHA)},
{"its application names the person", INTAKE("application show", "<small x>"), .question = true,
 .keep = "person", .from = "dispute.claims.0.worker.person"},
{"the person is opened for a purpose", .as = "clerk", .service = "vault", .name = "person open",
 .target = "<person>", .body = "{\"purpose\": \"compare the number\"}", .keep = "opening"},
{"the check letter is kept in upper case", .as = "clerk", .service = "vault", .name = "person read",
 .target = "<opening>", .question = true, .words = {"11010119900307803X"}},
{"a residence permit of Taiwan (83) is an identity number", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("林志明", "830000199201300022"), "100"), GUANGSHA)},
{"a residence permit of Hong Kong (81) is an identity number", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("陈大文", "810000199408230021"), "100"), GUANGSHA)},
{"a residence permit of Macao (82) is an identity number", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("何小明", "820000198706170028"), "100"), GUANGSHA)},
{"a number of 15 digits is accepted", REGISTER, .keep = "fifteen",
 .body = DISPUTE(HEAD, CLAIM(PERSON("赵国", "610104620927690"), "100"), GUANGSHA)},
{"a number with an abolished division code is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("孙立", "412723199010050012"), "100"), GUANGSHA)},
{"a birth date in October is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("周平", "110101199010010017"), "100"), GUANGSHA)},
{"a birth date on 29 February of a leap year is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("吴英", "110101200002290018"), "100"), GUANGSHA)},

/* ---- accepted: names and credit codes ---- */

{"a name with a middle dot is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("阿依古丽·买买提·艾力", "500154199301135886"), "100"), GUANGSHA)},
{"a name with a bullet typed for the dot is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("迪丽•热巴", "321083197812162119"), "100"), GUANGSHA)},
{"a name with a character of four bytes is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(PERSON("𠮷田", "360426199101010071"), "100"), GUANGSHA)},
{"a credit code whose sum divides by 31 ends in 0", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "100"), FIRM("零尾甲", "91340600MA2PBP2120"))},
{"another credit code whose sum divides by 31 ends in 0", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "100"), FIRM("零尾乙", "91620105L015101280"))},
{"a credit code in lower case is accepted", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "100"), FIRM("小写", "91110000600037341l"))},
{"a respondent without a name is accepted with a telephone number", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "100"), "{\"role\": \"respondent\", \"phone\": \"0755-26000001\"}")},

/* ---- accepted: a case with an agreement in effect ---- */

{"the application is accepted", INTAKE("application accept", "<application>")},
{"mediation opens its case", INTAKE("application show", "<application>"), .question = true, .until = true,
 .keep = "case", .from = "application.case_id"},
{"the respondent consents", CASE("clerk", "case consent", "<case>"), .body = "{\"party\": 1, \"consents\": true}"},
{"a mediator is proposed", ASSIGN("head", "assignment propose", "<case>"), .until = true},
{"the mediator accepts", ASSIGN("mediator", "assignment accept", "<case>")},
{"the case has its mediator", CASE("clerk", "case show", "<case>"), .question = true, .until = true,
 .words = {"mediating"}},
{"the agreement is drafted in two instalments", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", LISTED("70000", "80000") ", \"terms\": \"分两期支付\"")},
{"both workers consent", CASE("mediator", "agreement consent", "<case>"), .body = "{\"consents\": true}"},
{"party and workers sign", CASE("mediator", "agreement sign", "<case>"),
 .body = "{\"parties\": [1], \"claims\": [1, 2]}"},
{"the mediator signs", CASE("mediator", "agreement sign", "<case>"), .body = "{\"mediator\": true}"},
{"the committee seals", CASE("head", "agreement seal", "<case>")},
{"the first instalment is paid", CASE("clerk", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 1, \"amount_fen\": 70000}"},

/* ---- accepted: a case without the respondent's consent, and one that he refuses ---- */

{"a second application is registered", REGISTER, .keep = "second",
 .body = DISPUTE(HEAD, CLAIM(WANG, "100"), GUANGSHA)},
{"the second application is accepted", INTAKE("application accept", "<second>")},
{"mediation opens the second case", INTAKE("application show", "<second>"), .question = true, .until = true,
 .keep = "open case", .from = "application.case_id"},
{"a mediator is proposed before the respondent consents", ASSIGN("head", "assignment propose", "<open case>"),
 .until = true},
{"the mediator accepts before the respondent consents", ASSIGN("mediator", "assignment accept", "<open case>")},
{"the second case has its mediator", CASE("clerk", "case show", "<open case>"), .question = true, .until = true,
 .words = {"陈静"}},
{"a third application is registered", REGISTER, .keep = "third",
 .body = DISPUTE(HEAD, CLAIM(LI, "100"), GUANGSHA)},
{"the third application is accepted", INTAKE("application accept", "<third>")},
{"mediation opens the third case", INTAKE("application show", "<third>"), .question = true, .until = true,
 .keep = "refused case", .from = "application.case_id"},
{"assignment knows the third case", ASSIGN("clerk", "assignment explain", "<refused case>"), .question = true,
 .until = true, .words = {"open"}},
{"the respondent's refusal ends the third case", CASE("clerk", "case consent", "<refused case>"),
 .body = "{\"party\": 1, \"consents\": false}", .words = {"case closed", "refused"}},
{"intake hears of the end", INTAKE("application show", "<third>"), .question = true, .until = true,
 .words = {"\"outcome\"", "refused"}},
{"assignment hears of the end", ASSIGN("clerk", "assignment explain", "<refused case>"), .question = true,
 .until = true, .words = {"closed"}},

/* ---- amounts ---- */

{"a negative amount is refused", REGISTER, .body = OF_FEN("-1"),
 REFUSED(INVALID, "dispute.claims[0].amount_fen", "negative")},
{"an amount of zero is refused", REGISTER, .body = OF_FEN("0"),
 REFUSED(INVALID, "dispute.claims[0].amount_fen", "zero")},
{"an amount over 2^53 is refused", REGISTER, .body = OF_FEN("\"9007199254740993\""),
 REFUSED(INVALID, "dispute.claims[0].amount_fen", "2^53")},
{"the largest number that a field can hold is no amount", REGISTER, .body = OF_FEN("\"9223372036854775807\""),
 REFUSED(INVALID, "dispute.claims[0].amount_fen", "2^53")},
{"a negative share of a payer is refused", REGISTER,
 .body = AGAINST(OTHER ", {\"role\": \"payer\", \"name\": \"付款方\", \"share_fen\": -5}"),
 REFUSED(INVALID, "dispute.parties[1].share_fen", "negative")},
{"instalments that are one fen short are refused", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", LISTED("70000", "79999")),
 REFUSED(INVALID, "instalments", "1,499.99", "1,500.00")},
{"instalments that are one fen too much are refused", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", LISTED("70001", "80000")),
 REFUSED(INVALID, "instalments", "1,500.01", "1,500.00")},
{"instalments whose sum is over 2^53 are refused", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", LISTED("9007199254740992", "1")), REFUSED(INVALID, "instalments", "2^53")},
{"a plan of no instalment is refused", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", "\"monthly\": {\"count\": 0, \"from_day\": <tomorrow>}"),
 REFUSED(INVALID, "monthly.count", "instalments")},
{"an instalment on a past day is refused", CASE("mediator", "agreement draft", "<case>"),
 .body = DRAFT("100000", "50000", "\"instalments\": [{\"due_day\": 19000, \"amount_fen\": 150000}]"),
 REFUSED(INVALID, "instalments[0]", "past")},
{"a draft that leaves out a worker is refused", CASE("mediator", "agreement draft", "<case>"),
 .body = "{\"portions\": [{\"claim\": 1, \"amount_fen\": 100}], \"monthly\": {\"count\": 1, \"from_day\": <tomorrow>}}",
 REFUSED(INVALID, "portions", "claim 2")},
{"a draft with a worker whom the case does not have is refused", CASE("mediator", "agreement draft", "<case>"),
 .body = "{\"portions\": [{\"claim\": 9, \"amount_fen\": 100}], \"monthly\": {\"count\": 1, \"from_day\": <tomorrow>}}",
 REFUSED(UNKNOWN, "portions[0]", "no such claim")},
{"a payment over what is open is refused", CASE("clerk", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 2, \"amount_fen\": 80001}", REFUSED(INVALID, "amount_fen", "800.01", "800.00")},

/* ---- places and days ---- */

{"a division code outside China is refused", REGISTER, .body = HEADED(KIND ", \"place\": 999999, " PAPERS),
 REFUSED(INVALID, "dispute.place", "999999", "division code")},
{"a division code that never was is refused", REGISTER, .body = HEADED(KIND ", \"place\": 440399, " PAPERS),
 REFUSED(INVALID, "dispute.place", "440399", "division code")},
{"a dispute without a division code is refused", REGISTER, .body = HEADED(KIND ", " PAPERS),
 REFUSED(INVALID, "dispute.place", "division code")},
{"a dispute that arises tomorrow is refused", REGISTER, .body = HEADED(HEAD ", \"arose_on\": <tomorrow>"),
 REFUSED(INVALID, "dispute.arose_on", "not come yet")},
{"a payment that is received in the future is refused", CASE("clerk", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 2, \"amount_fen\": 80000, \"received_at\": <later>}",
 REFUSED(INVALID, "received_at", "still to come")},
{"a session that is held tomorrow is refused", CASE("mediator", "session open", "<open case>"),
 .body = "{\"place\": \"2\", \"on_day\": <tomorrow>}", REFUSED(INVALID, "on_day", "on its day")},

/* ---- identity numbers ---- */

{"an identity number with a wrong check digit is refused", REGISTER, .body = OF_NUMBER("440308199901101513"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "check digit")},
{"a check letter X that does not fit is refused", REGISTER, .body = OF_NUMBER("36042619910102009X"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "check digit")},
{"a birth date in month 13 is refused", REGISTER, .body = OF_NUMBER("360426199113010079"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "birth date does not exist")},
{"a birth date on 30 February is refused", REGISTER, .body = OF_NUMBER("110101199002300014"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "birth date does not exist")},
{"a birth date on 29 February 1900 is refused", REGISTER, .body = OF_NUMBER("110101190002290011"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "birth date does not exist")},
{"a birth date in the future is refused", REGISTER, .body = OF_NUMBER("110101203012310012"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "future")},
{"eighteen times 1 is refused", REGISTER, .body = OF_NUMBER("111111111111111111"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "before 1800")},
{"a number of seventeen digits is refused", REGISTER, .body = OF_NUMBER("11010519491231002"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "18 characters")},
{"a number with a letter in the middle is refused", REGISTER, .body = OF_NUMBER("1101051949X231002X"),
 REFUSED(INVALID, "claims[0].worker.identity_number", "18 characters")},

/* ---- credit codes ---- */

{"a credit code with a wrong check character is refused", REGISTER, .body = OF_CODE("91350100M000100Y4A"),
 REFUSED(INVALID, "dispute.parties[0].credit_code", "check character")},
{"another credit code with a wrong check character is refused", REGISTER, .body = OF_CODE("91110000600037341N"),
 REFUSED(INVALID, "dispute.parties[0].credit_code", "check character")},
{"a credit code with the letter O is refused", REGISTER, .body = OF_CODE("9135010OM000100Y43"),
 REFUSED(INVALID, "dispute.parties[0].credit_code", "no I, O, S, V, Z")},
{"a credit code of seventeen characters is refused", REGISTER, .body = OF_CODE("91350100M000100Y4"),
 REFUSED(INVALID, "dispute.parties[0].credit_code", "18 digits and letters")},
{"an identity number that passes the sum is no credit code", REGISTER, .body = OF_CODE("110101199003070396"),
 REFUSED(INVALID, "dispute.parties[0].credit_code", "organisation code")},

/* ---- names and texts ---- */

{"a name of 51 characters is refused", REGISTER, .body = OF_NAME("<again>"), .again = "赵", .times = 26,
 REFUSED(INVALID, "claims[0].worker.name", "50 characters")},
{"a name with a line break is refused", REGISTER, .body = OF_NAME("李\\n明"),
 REFUSED(INVALID, "claims[0].worker.name", "control")},
{"a name that ends with a dot is refused", REGISTER, .body = OF_NAME("阿依古丽·"),
 REFUSED(INVALID, "claims[0].worker.name", "dot")},
{"a name with a space at its end is refused", REGISTER, .body = OF_NAME("李明 "),
 REFUSED(INVALID, "claims[0].worker.name", "space")},
{"a worker's name that is no UTF-8 is refused", REGISTER, .way = BY_HAND, .body = OF_NAME("@@明"),
 .find = BYTES("@@"), .put = BYTES("\xf0\x80"), REFUSED(INVALID, "claims[0].worker.name", "UTF-8")},
{"a worker's name with U+0000 is refused and not cut", REGISTER, .way = BY_HAND, .body = OF_NAME("李#明"),
 .find = BYTES("#"), .put = BYTES("\0"), REFUSED(INVALID, "claims[0].worker.name", "zero")},
{"a firm's name that is no UTF-8 is refused", REGISTER, .way = BY_HAND, .body = AGAINST(FIRM("@@公司", "")),
 .find = BYTES("@@"), .put = BYTES("\xff\xfe"), REFUSED(INVALID, "dispute.parties[0].name", "UTF-8")},
{"a firm's name with U+0000 is refused and not cut", REGISTER, .way = BY_HAND, .body = AGAINST(FIRM("公#司", "")),
 .find = BYTES("#"), .put = BYTES("\0"), REFUSED(INVALID, "dispute.parties[0].name", "U+0000")},
{"a surrogate in UTF-8 is refused", REGISTER, .way = BY_HAND, .body = AGAINST(FIRM("@@@公司", "")),
 .find = BYTES("@@@"), .put = BYTES("\xed\xa0\x80"), REFUSED(INVALID, "dispute.parties[0].name", "UTF-8")},
{"a telephone number with letters is refused", REGISTER,
 .body = DISPUTE(HEAD, "{\"worker\": {\"name\": \"李明\", \"phone\": \"call me\"}, \"amount_fen\": 100}", OTHER),
 REFUSED(INVALID, "claims[0].worker.phone", "digits")},
{"a firm's name over 200 bytes is refused", REGISTER, .body = AGAINST(FIRM("<again>", "")), .again = "公司", .times = 40,
 REFUSED(INVALID, "dispute.parties[0].name", "200 bytes")},

/* ---- who claims against whom ---- */

{"a registration without a dispute is refused", REGISTER, REFUSED(INVALID, "dispute", "no dispute")},
{"a dispute without a claim is refused", REGISTER, .body = DISPUTE(HEAD, "", OTHER),
 REFUSED(INVALID, "dispute.claims", "nobody claims")},
{"a claim without a worker is refused", REGISTER, .body = DISPUTE(HEAD, "{\"amount_fen\": 100}", OTHER),
 REFUSED(INVALID, "dispute.claims[0].worker", "no name")},
{"one worker in two claims is refused", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(STRANGER, "100") ", " CLAIM(STRANGER, "200"), OTHER),
 REFUSED(INVALID, "dispute.claims[1].worker", "same person", "claims[0]")},
{"a dispute with 501 claims is refused", REGISTER, .body = DISPUTE(HEAD, "<again>", OTHER), .again = CLAIM(STRANGER, "100"),
 .times = 501, REFUSED(TOO_LARGE, "dispute.claims", "500")},
{"a command with 2049 persons is refused", REGISTER, .body = DISPUTE(HEAD, "<again>", OTHER), .again = CLAIM(STRANGER, "100"),
 .times = 2049, REFUSED(TOO_LARGE, "", "2048 persons")},
{"a representative of two workers is refused by article 7", REGISTER,
 .body = DISPUTE(HEAD, "{\"worker\": " STRANGER ", \"amount_fen\": 100, \"representative\": true}, " CLAIM(WANG, "100"),
 OTHER),
 REFUSED(INVALID, "dispute.claims", "ten workers", "LDMAL 7")},
{"a dispute against nobody is refused", REGISTER, .body = DISPUTE(HEAD, CLAIM(STRANGER, "100"), ""),
 REFUSED(INVALID, "dispute.parties", "no respondent")},
{"a dispute against one who is only jointly liable is refused", REGISTER,
 .body = AGAINST("{\"role\": \"jointly_liable\", \"name\": \"总包\"}"),
 REFUSED(INVALID, "dispute.parties", "no respondent")},
{"a party without a role is refused", REGISTER, .body = AGAINST("{\"name\": \"总包\"}"),
 REFUSED(INVALID, "dispute.parties[0].role", "respondent")},
{"a role that the contract does not have is refused", REGISTER, .way = BY_HAND, .body = AGAINST(OTHER),
 .find = BYTES("\x08\x01\x12\x09"), .put = BYTES("\x08\x09\x12\x09"),
 REFUSED(INVALID, "dispute.parties[0].role", "names")},
{"a respondent whom nobody can reach is refused", REGISTER, .body = AGAINST("{\"role\": \"respondent\"}"),
 REFUSED(INVALID, "dispute.parties[0]", "reach")},
{"a party that is a firm and a person is refused", REGISTER,
 .body = AGAINST("{\"role\": \"respondent\", \"name\": \"店\", \"person\": " STRANGER "}"),
 REFUSED(INVALID, "dispute.parties[0].person", "not both")},
{"one firm twice is refused", REGISTER, .body = AGAINST(YUNCHUAN ", " YUNCHUAN),
 REFUSED(INVALID, "dispute.parties[1].credit_code", "same organisation")},
{"a dispute with 51 parties is refused", REGISTER, .body = AGAINST("<again>"), .again = OTHER, .times = 51,
 REFUSED(TOO_LARGE, "dispute.parties", "50")},
{"a dispute with 51 papers is refused", REGISTER, .body = HEADED(KIND ", " PLACE ", \"papers\": [<again>]"),
 .again = "\"paper\"", .times = 51, REFUSED(TOO_LARGE, "dispute.papers", "50")},
{"a kind of dispute without a procedure is refused", REGISTER,
 .body = HEADED("\"kind\": \"neighbours\", " PLACE ", " PAPERS), REFUSED(UNKNOWN, "dispute.kind", "neighbours")},
{"a second application against the same respondent is refused", REGISTER,
 .body = DISPUTE(HEAD, CLAIM(LI, "300"), YUNCHUAN),
 REFUSED(CONFLICT, "dispute.claims[0].worker", "same respondent", "<application>")},

/* ---- steps that the state does not allow ---- */

{"an application with missing papers is not accepted", INTAKE("application accept", "<lacking>"),
 REFUSED(CONFLICT, "papers", "proof of the claims", "office rule (unverified)")},
{"papers are not asked for a second time", INTAKE("application ask", "<lacking>"), .body = "{\"papers\": [\"photo\"]}",
 REFUSED(CONFLICT, "papers", "once")},
{"a supplement without a paper is refused", INTAKE("application supplement", "<lacking>"),
 REFUSED(INVALID, "papers", "no paper")},
{"an application is not accepted twice", INTAKE("application accept", "<application>"),
 REFUSED(CONFLICT, "state", "nothing is possible there any more", "PML 17")},
{"an application is not refused for a ground that nobody knows", INTAKE("application refuse", "<lacking>"),
 .body = "{\"ground\": \"mood\", \"in_writing\": true}", REFUSED(INVALID, "ground", "not-competent")},
{"an application is not refused without writing", INTAKE("application refuse", "<lacking>"),
 .body = "{\"ground\": \"not-competent\"}", REFUSED(INVALID, "in_writing", "in writing")},
{"no session is opened before the respondent consents", CASE("mediator", "session open", "<open case>"),
 .body = "{\"place\": \"2\"}", REFUSED(CONFLICT, "state", "possible now: ", "case consent", "PML 19, 23")},
{"no agreement is drafted before the respondent consents", CASE("mediator", "agreement draft", "<open case>"),
 .body = "{\"portions\": [{\"claim\": 1, \"amount_fen\": 100}], \"monthly\": {\"count\": 1, \"from_day\": <tomorrow>}}",
 REFUSED(CONFLICT, "state", "possible now: ", "PML 28")},
{"no session is opened when the agreement has effect", CASE("mediator", "session open", "<case>"),
 .body = "{\"place\": \"2\"}", REFUSED(CONFLICT, "state", "possible now: ", "instalment paid", "PML 19, 23")},
{"a party that the case does not have cannot consent", CASE("clerk", "case consent", "<open case>"),
 .body = "{\"party\": 9, \"consents\": true}", REFUSED(UNKNOWN, "party", "no such party")},
{"consent is not taken back after the agreement", CASE("clerk", "case consent", "<case>"),
 .body = "{\"party\": 1}", REFUSED(CONFLICT, "party", "effect already")},
{"a respondent who refused does not consent later", CASE("clerk", "case consent", "<refused case>"),
 .body = "{\"party\": 1, \"consents\": true}", REFUSED(CONFLICT, "target", "closed")},
{"a case that is closed does not fail any more", CASE("clerk", "case end", "<refused case>"),
 REFUSED(CONFLICT, "state", "possible now", "PML")},
{"nothing is paid without an agreement", CASE("clerk", "instalment paid", "<open case>"),
 .body = "{\"ordinal\": 1, \"amount_fen\": 100}", REFUSED(CONFLICT, "target", "no agreement")},
{"an instalment is not paid twice", CASE("clerk", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 1, \"amount_fen\": 70000}", REFUSED(CONFLICT, "ordinal", "paid already")},
{"an instalment that was not agreed is refused", CASE("clerk", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 3, \"amount_fen\": 1}", REFUSED(UNKNOWN, "ordinal", "no such instalment")},
{"a case with open money is not closed as performed", CASE("clerk", "case close", "<case>"),
 REFUSED(CONFLICT, "instalments", "not performed", "PML")},
{"the mediator does not sign twice", CASE("mediator", "agreement sign", "<case>"), .body = "{\"mediator\": true}",
 REFUSED(CONFLICT, "mediator", "recorded already")},
{"nobody signs an agreement that is not drafted", CASE("mediator", "agreement sign", "<open case>"),
 .body = "{\"mediator\": true}", REFUSED(CONFLICT, "target", "no agreement is drafted")},
{"a case with a mediator gets no second proposal", ASSIGN("head", "assignment propose", "<case>"),
 REFUSED(CONFLICT, "target", "has its mediator")},
{"a session without a place is refused", CASE("mediator", "session open", "<case>"),
 REFUSED(INVALID, "place", "needs a place")},

/* ---- who may ---- */

{"a key that nobody knows is named by the client", .as = "stranger", .service = "intake", .name = "application list",
 .target = "1", .question = true, REFUSED(FORBIDDEN, "key", "does not know this key", "principal add")},
{"another server than expected is named by the client", .as = "misled", .service = "intake",
 .name = "application list", .target = "1", .question = true,
 REFUSED(UNVERIFIED, "server_key", "another key than expected")},
{"a place where nobody listens is named by the client", .as = "nowhere", .service = "intake",
 .name = "application list", .target = "1", .question = true, REFUSED(UNAVAILABLE, "endpoint", "nobody listens")},
{"a revoked key is refused", .as = "revoked", .service = "intake", .name = "application list", .target = "1",
 .question = true, REFUSED(FORBIDDEN, "key", "revoked on")},
{"an expired key is refused", .as = "expired", .service = "intake", .name = "application list", .target = "1",
 .question = true, REFUSED(FORBIDDEN, "key", "expired on")},
{"a key is refused before its first day", .as = "early", .service = "intake", .name = "application list",
 .target = "1", .question = true, REFUSED(FORBIDDEN, "key", "valid from")},
{"a clerk does not seal", CASE("clerk", "agreement seal", "<open case>"),
 REFUSED(FORBIDDEN, "roles", "needs one of these roles: head", "clerk")},
{"a supervisor only reads", CASE("supervisor", "case consent", "<open case>"),
 .body = "{\"party\": 1, \"consents\": true}", REFUSED(FORBIDDEN, "roles", "supervisor")},
{"another office's mediator does not draft", CASE("mediator2", "agreement draft", "<open case>"),
 .body = DRAFT("1", "1", LISTED("1", "1")), REFUSED(FORBIDDEN, "target", "another office")},
{"one who was not asked does not accept a case", ASSIGN("other-mediator", "assignment accept", "<open case>"),
 REFUSED(CONFLICT, "target", "nobody is asked")},
{"another office's case is not shown", CASE("clerk2", "case show", "<case>"), .question = true,
 REFUSED(FORBIDDEN, "target", "another office")},
{"another office's case is not changed", CASE("clerk2", "instalment paid", "<case>"),
 .body = "{\"ordinal\": 2, \"amount_fen\": 80000}", REFUSED(FORBIDDEN, "target", "another office")},
{"another office's application is not accepted", .as = "clerk2", .service = "intake", .name = "application accept",
 .target = "<lacking>", REFUSED(FORBIDDEN, "target", "another office")},
{"nobody registers for another office", .as = "clerk2", .service = "intake", .name = "application register",
 .target = "1", .body = OF_FEN("100"), REFUSED(FORBIDDEN, "target", "office 1", "2")},
{"another one's opening of a person is not read", .as = "clerk2", .service = "vault", .name = "person read",
 .target = "<opening>", .question = true, REFUSED(UNKNOWN, "opening", "no such opening")},
{"a person is not opened without a purpose", .as = "clerk", .service = "vault", .name = "person open",
 .target = "<person>", REFUSED(INVALID, "purpose", "purpose")},
{"an internal command is refused from outside", CASE("clerk", "case open", "1"),
 REFUSED(FORBIDDEN, "name", "node's own processes")},
{"an internal question is refused from outside", .as = "clerk", .service = "vault", .name = "vault seal", .target = "1",
 .question = true, REFUSED(FORBIDDEN, "name", "node's own processes")},
{"a service's log is not followed from outside", CASE("clerk", "log follow", "1"), .question = true,
 REFUSED(UNKNOWN, "name", "log follow")},

/* ---- what is named ---- */

{"a service that does not exist is named", .as = "clerk", .service = "treasury", .name = "case show", .target = "1",
 REFUSED(UNKNOWN, "service", "treasury", "intake, mediation")},
{"a command that does not exist is named", CASE("clerk", "case burn", "<case>"),
 REFUSED(UNKNOWN, "name", "case burn", "tiaojie help")},
{"a question is not sent as a command", CASE("clerk", "case show", "<case>"), REFUSED(UNKNOWN, "name", "case show")},
{"a command is not sent as a question", CASE("clerk", "case consent", "<case>"), .question = true,
 REFUSED(UNKNOWN, "name", "case consent")},
{"a case that does not exist is named", CASE("clerk", "case consent", "2560001"),
 .body = "{\"party\": 1, \"consents\": true}", REFUSED(UNKNOWN, "target", "no case")},
{"an application that does not exist is named", INTAKE("application accept", "2560001"),
 REFUSED(UNKNOWN, "target", "no application")},
{"a number in no partition is refused", CASE("clerk", "case consent", "2560200"),
 .body = "{\"party\": 1, \"consents\": true}", REFUSED(UNKNOWN, "target", "2560200")},
{"a number over 2^53 is refused", CASE("clerk", "case consent", "9007199254740992"),
 .body = "{\"party\": 1, \"consents\": true}", REFUSED(UNKNOWN, "target", "9007199254740992")},
{"the number 0 is refused", CASE("clerk", "case consent", "0"), .body = "{\"party\": 1}",
 REFUSED(UNKNOWN, "target", "CASE")},
{"an office that does not exist is named", .as = "clerk", .service = "intake", .name = "application register",
 .target = "99", .body = OF_FEN("100"), REFUSED(UNKNOWN, "target", "no office 99")},

/* ---- command ids, versions, deadlines ---- */

{"an id that was used for another body is refused", REGISTER, .id = "first", .body = OF_FEN("777"),
 REFUSED(REUSED, "id", "another body")},
{"an id that another sender used is refused", .as = "other-clerk", .service = "intake",
 .name = "application register", .target = "1", .id = "first",
 .body = DISPUTE(HEAD ", \"summary\": \"两个月工资未付\"", CLAIM(LI, "100000") ", " CLAIM(WANG, "50000"), YUNCHUAN),
 REFUSED(REUSED, "id", "another sender")},
{"an id older than answers are kept is refused", REGISTER, .age = 40 * DAY_SECONDS, .body = OF_FEN("100"),
 REFUSED(TOO_OLD, "id", "older than answers are kept")},
{"an id from an hour ahead is refused", REGISTER, .age = -3600, .body = OF_FEN("100"),
 REFUSED(INVALID, "id", "future")},
{"an id of version 4 is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .id_bytes = BYTES("\x9b\x1d\xeb\x4d\x3b\x7d\x4b\xad\x9b\xdd\x2b\x0d\x7b\x3d\xcb\x6d"),
 REFUSED(INVALID, "id", "version 7")},
{"an id of 15 bytes is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .id_bytes = BYTES("123456789012345"), REFUSED(INVALID, "id", "16 bytes")},
{"a case that has changed since it was read is not changed", CASE("clerk", "instalment paid", "<case>"), .version = 1,
 .body = "{\"ordinal\": 2, \"amount_fen\": 80000}", REFUSED(CONFLICT, "expected_version", "version 1 was expected")},
{"a command whose deadline has passed is refused", CASE("clerk", "instalment paid", "<case>"), .deadline = 1000000,
 .body = "{\"ordinal\": 2, \"amount_fen\": 80000}", REFUSED(EXPIRED, "deadline", "passed")},
{"a deadline before 1970 is refused", CASE("clerk", "instalment paid", "<case>"), .deadline = -1,
 .body = "{\"ordinal\": 2, \"amount_fen\": 80000}", REFUSED(INVALID, "deadline", "1970")},

/* ---- sizes ---- */

{"a frame over the limit is named by the client", REGISTER, .body = HEADED(HEAD ", \"summary\": \"<again>\""),
 .again = "a", .times = 600000, REFUSED(TOO_LARGE, "", "the frame has", "1048576")},
{"a frame that leaves no room for the gateway's own is refused", REGISTER,
 .body = HEADED(HEAD ", \"summary\": \"<again>\""), .again = "a", .times = 524000,
 REFUSED(TOO_LARGE, "", "the message has", "1047552")},
{"a text over 64 KiB is refused", REGISTER, .body = HEADED("\"kind\": \"<again>\", " PLACE), .again = "a",
 .times = 40000, REFUSED(TOO_LARGE, "dispute.kind", "65536 bytes")},
{"a list of 4097 is refused", REGISTER, .body = HEADED(KIND ", \"papers\": [<again>]"), .again = "\"p\"",
 .times = 4097, REFUSED(TOO_LARGE, "dispute.papers[4096]", "4096 elements")},

/* ---- frames that are no message ---- */

{"a message in two frames is refused", REGISTER, .way = BY_PARTS, .body = OF_FEN("100"),
 REFUSED(INVALID, "", "one frame")},
{"an empty frame is refused", .as = "clerk", .way = AS_IT_IS, REFUSED(INVALID, "id", "16 bytes")},
{"a command cut at any byte is refused", REGISTER, .way = BY_PREFIXES, .body = OF_FEN("100"),
 REFUSED(INVALID, "", NULL)},
{"a frame of text is refused", .as = "clerk", .way = AS_IT_IS, .tail = BYTES("GET / HTTP/1.1\r\n\r\n"),
 REFUSED(INVALID, "", "send the message exactly as protobuf encodes it")},
{"a field that the outer contract does not have is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\xd8\x3e\x01"), REFUSED(INVALID, "1003", "Command has no field with the number 1003")},
{"a field that the command's contract does not have is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .body_tail = BYTES("\x78\x01"), REFUSED(INVALID, "15", "Register has no field with the number 15")},
{"messages deeper than the contract has them are refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x3a\x12\x3a\x10\x3a\x0e\x3a\x0c\x3a\x0a\x3a\x08\x3a\x06\x3a\x04\x3a\x02\x3a\x00"),
 REFUSED(INVALID, "after[0].7", "Token has no field")},
{"a text where a number belongs is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x2a\x01x"), REFUSED(INVALID, "expected_version", "another type")},
{"a number where a text belongs is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x48\x01"), REFUSED(INVALID, "trace", "another type")},
{"a group is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"), .tail = BYTES("\x3b\x3b\x3b\x3c\x3c\x3c"),
 REFUSED(INVALID, "message", "groups are not part")},
{"the end of a group that did not begin is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x3c"), REFUSED(INVALID, "message", "groups are not part")},
{"the field number 0 is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"), .tail = BYTES("\x00\x00"),
 REFUSED(INVALID, "message", "tag is out of range")},
{"a number of eleven bytes is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x28\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
 REFUSED(INVALID, "expected_version", "too many bytes")},
{"a length beyond the frame is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x3a\xff\xff\xff\xff\x0f"), REFUSED(INVALID, "after[0]", "end in the middle")},
{"a single field that is given twice is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x12\x06intake"), REFUSED(INVALID, "service", "given already")},
{"a truth value of 2 is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"), .tail = BYTES("\x50\x02"),
 REFUSED(INVALID, "question", "neither true nor false")},
{"a token of no service is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x3a\x05\x0a\x03sky"), REFUSED(INVALID, "after[0]", "no service and partition")},
{"a token of a partition that the node does not have is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"),
 .tail = BYTES("\x3a\x0b\x0a\x06intake\x10\xc8\x01"), REFUSED(INVALID, "after[0]", "no service and partition")},
{"a trace id with a space is refused", REGISTER, .way = BY_HAND, .body = OF_FEN("100"), .tail = BYTES("\x4a\x03""a b"),
 REFUSED(INVALID, "trace", "letters, digits")},
};
/* clang-format on */

enum { CASE_COUNT = sizeof CASES / sizeof *CASES };
