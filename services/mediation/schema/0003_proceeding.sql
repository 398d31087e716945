-- SPDX-License-Identifier: Apache-2.0
--
-- Procedures of other bodies that are followed beside a case. The default is for processes of the version before, which run beside
-- this one while it is brought in.

alter table mediation.case add column proceedings integer not null default 0;
comment on column mediation.case.proceedings is 'how many proceedings are followed beside it';

create table mediation.proceeding (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null check (ordinal between 1 and 99),
    kind text not null,
    procedure text not null,
    state text not null,
    over boolean not null,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.proceeding is 'A procedure of another body that is followed beside a case: a confirmation, an arbitration, a recognition.';
comment on column mediation.proceeding.partition is 'the case''s';
comment on column mediation.proceeding.case_id is 'the case';
comment on column mediation.proceeding.ordinal is 'from 1';
comment on column mediation.proceeding.kind is 'of procedure';
comment on column mediation.proceeding.procedure is 'content hash of the definition that it was opened under';
comment on column mediation.proceeding.state is 'as the definition names it';
comment on column mediation.proceeding.over is 'nothing follows';
comment on column mediation.proceeding.opened_at is 'when it was opened';
comment on column mediation.proceeding.changed_at is 'when its last step was taken';
