-- SPDX-License-Identifier: Apache-2.0
--
-- Tables of the tests' ledger.

create table ledger.account (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    office bigint not null,
    number integer not null,
    name text not null check (length(name) <= 2000000),
    balance bigint not null check (balance <> 666),
    kind smallint not null,
    closed boolean not null,
    seal uuid not null,
    ceiling bigint,
    opened_at timestamptz not null,
    opened_on date not null,
    next bigint not null,
    touched integer not null,
    fired integer not null,
    remark text not null default 'a column that the program does not know',
    constraint account_pkey primary key (partition, id)
);
create index account_office on ledger.account (partition, office, id);

create table ledger.line (
    partition integer not null,
    account bigint not null,
    ordinal integer not null,
    amount bigint not null,
    note text not null constraint line_note_is_no_curse check (note <> 'curse'),
    constraint line_pkey primary key (partition, account, ordinal),
    constraint line_account foreign key (partition, account) references ledger.account (partition, id)
);

create table ledger.counter (
    partition integer not null,
    id bigint not null,
    last integer not null,
    constraint counter_pkey primary key (partition, id)
);
