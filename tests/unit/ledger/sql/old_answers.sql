-- Answers whose commands are older than they are kept.
update ledger.answer set command_id = ('0000' || substr(command_id::text, 5))::uuid;
