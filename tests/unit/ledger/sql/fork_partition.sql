-- Another writer's entry in partition 0, as if it had been there first.
insert into ledger.entry select partition, position + 1, 0, '018f0000-0000-7000-8000-000000000000', principal, target, at, rules, command, events, sha256(hash), trace from ledger.entry where partition = 0 order by position desc limit 1;
