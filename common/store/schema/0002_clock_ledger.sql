-- SPDX-License-Identifier: Apache-2.0
--
-- Time limits that can be paused, extended and counted again. The defaults are for processes of the version before, which run
-- beside this one while it is brought in.

alter table @schema@.clock drop constraint clock_state_check;
alter table @schema@.clock add constraint clock_state_check check (state between 0 and 5);
alter table @schema@.clock add column ledger bytea not null default '';
alter table @schema@.clock add column rules text not null default '';
alter table @schema@.clock add column warn_day date not null default '1970-01-01';
comment on column @schema@.clock.state is '1 running, 2 stopped in time, 3 fired, 4 closed with the case, 5 paused';
comment on column @schema@.clock.ledger is 'Packed tiaojie.ClockLedger: pauses, extensions, recounts';
comment on column @schema@.clock.rules is 'Content hash of the procedure that it is counted by';
comment on column @schema@.clock.warn_day is 'When people are reminded';
