-- SPDX-License-Identifier: Apache-2.0
-- Referrals to and from other departments, and the stages that each has reached.

create table referral.referral (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  outgoing boolean not null,
  office bigint not null,
  link text not null,
  conversation text not null,
  state text not null,
  procedure text not null,
  request text not null,
  department text not null,
  dispute bytea not null,
  envelope_id bytea not null,
  evidence bigint not null,
  reason text not null,
  outcome text not null,
  agreed_fen bigint not null,
  paid_fen bigint not null,
  workers integer not null,
  agreed integer not null,
  outside integer not null,
  ended_at timestamptz not null,
  at timestamptz not null,
  stages integer not null,
  primary key (partition, id)
);
create index referral_office on referral.referral (partition, office, id);
comment on table referral.referral is 'A dispute that one department handed to another.';
comment on column referral.referral.partition is 'Partition of the office; part of the id.';
comment on column referral.referral.id is 'The referral.';
comment on column referral.referral.version is 'Position of its last entry.';
comment on column referral.referral.outgoing is 'This node sent it; otherwise it came from another one.';
comment on column referral.referral.office is 'The office of this node that sent it or is to handle it.';
comment on column referral.referral.link is 'The other node''s name.';
comment on column referral.referral.conversation is 'The sending node''s name and its id there; the same on both sides.';
comment on column referral.referral.state is 'Outgoing: sent, stored, accepted, returned, decided. Incoming: by its procedure.';
comment on column referral.referral.procedure is 'Content hash of the procedure; empty for an outgoing one.';
comment on column referral.referral.request is 'What is asked for.';
comment on column referral.referral.department is 'The sending department.';
comment on column referral.referral.dispute is 'Packed intake.Dispute; what is personal in it is sealed.';
comment on column referral.referral.envelope_id is 'The envelope that brought it; empty for an outgoing one.';
comment on column referral.referral.evidence is 'The exchange''s conversation; 0 until something came from it.';
comment on column referral.referral.reason is 'Why it was returned; empty where it was not.';
comment on column referral.referral.outcome is 'How the dispute ended; empty until then.';
comment on column referral.referral.agreed_fen is 'Agreed amount in fen.';
comment on column referral.referral.paid_fen is 'Paid amount in fen.';
comment on column referral.referral.workers is 'Workers in the case.';
comment on column referral.referral.agreed is 'Workers who agreed.';
comment on column referral.referral.outside is 'Workers who stayed outside.';
comment on column referral.referral.ended_at is 'When the dispute ended; 1970-01-01 until then.';
comment on column referral.referral.at is 'When it was sent or received.';
comment on column referral.referral.stages is 'Stages reached; the last one''s ordinal.';

create table referral.stage (
  partition integer not null,
  referral bigint not null,
  ordinal integer not null,
  outgoing boolean not null,
  stage text not null,
  note text not null,
  at timestamptz not null,
  primary key (partition, referral, ordinal),
  foreign key (partition, referral) references referral.referral (partition, id)
);
comment on table referral.stage is 'A stage of a referral, as one side stated it.';
comment on column referral.stage.partition is 'Partition of the referral.';
comment on column referral.stage.referral is 'The referral.';
comment on column referral.stage.ordinal is 'From 1.';
comment on column referral.stage.outgoing is 'This node stated it; otherwise a signed receipt of the other one did.';
comment on column referral.stage.stage is 'stored, accepted, returned, decided or told.';
comment on column referral.stage.note is 'The reason of a return; empty otherwise.';
comment on column referral.stage.at is 'When, as its maker says.';
