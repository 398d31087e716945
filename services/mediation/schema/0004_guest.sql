-- SPDX-License-Identifier: Apache-2.0
--
-- Facts that are established about a case, and people who are invited to it. The defaults are for processes of the version before,
-- which run beside this one while it is brought in.

alter table mediation.case add column facts integer not null default 0;
alter table mediation.case add column guests integer not null default 0;
comment on column mediation.case.facts is 'bits: 1 a work injury is part of it, 2 it is recognised, 4 the capacity to work is appraised';
comment on column mediation.case.guests is 'number of those who were invited';

create table mediation.guest (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null check (ordinal > 0),
    name bytea not null,
    name_subject bigint not null,
    standing text not null check (standing <> ''),
    evidence text not null check (evidence <> ''),
    invited_at timestamptz not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.guest is 'Somebody who is no party and was invited with the parties'' consent (People''s Mediation Law 20).';
comment on column mediation.guest.partition is 'the case''s';
comment on column mediation.guest.case_id is 'the case';
comment on column mediation.guest.ordinal is 'from 1 in the case';
comment on column mediation.guest.name is 'sealed';
comment on column mediation.guest.name_subject is 'whose key seals it';
comment on column mediation.guest.standing is 'relative, neighbour, colleague, expert';
comment on column mediation.guest.evidence is 'where the parties'' consent is recorded';
comment on column mediation.guest.invited_at is 'when';
