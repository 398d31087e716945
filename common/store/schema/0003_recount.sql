-- SPDX-License-Identifier: Apache-2.0
--
-- By which lists of working days a partition's open time limits were counted last. It is no part of the log: without it, or with
-- an old mark, they are only counted once more.

create table @schema@.recount (
    partition integer not null,
    calendars text not null,
    constraint recount_pkey primary key (partition)
);
comment on table @schema@.recount is 'By which lists of working days the open time limits of a partition were counted last.';
comment on column @schema@.recount.partition is 'Partition of the aggregates';
comment on column @schema@.recount.calendars is 'Mark of the lists';
