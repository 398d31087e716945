-- SPDX-License-Identifier: Apache-2.0
--
-- Routes to enforcement that were chosen for a case's agreement.

create table mediation.route (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null check (ordinal > 0),
    name text not null check (name <> ''),
    chosen_at timestamptz not null,
    until_day date not null,
    article text not null,
    unverified boolean not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.route is 'A way to enforcement that was chosen, as it was chosen last.';
comment on column mediation.route.partition is 'the case''s';
comment on column mediation.route.case_id is 'the case';
comment on column mediation.route.ordinal is 'the route''s number, never reused';
comment on column mediation.route.name is 'the route''s name';
comment on column mediation.route.chosen_at is 'when it was chosen';
comment on column mediation.route.until_day is 'last day to ask for it; 1970-01-01: the law sets none';
comment on column mediation.route.article is 'what it rests on';
comment on column mediation.route.unverified is 'its last day or a paper of it rests on law that was not checked';
