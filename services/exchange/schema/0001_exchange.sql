-- SPDX-License-Identifier: Apache-2.0
-- Links with other nodes, and for each conversation its envelopes and receipts as they were signed.

create table exchange.link (
  partition integer not null,
  id bigint not null,
  name text not null,
  sent bigint not null check (sent >= 0),
  taken bigint not null check (taken >= 0),
  incarnation bytea not null,
  missing bigint not null check (missing >= 0),
  primary key (partition, id)
);
comment on table exchange.link is 'A link as far as envelopes went over it; addresses and keys are in the node''s directory.';
comment on column exchange.link.partition is 'Partition of the link; part of the id.';
comment on column exchange.link.id is 'Affinity id: from the hash of the other node''s name.';
comment on column exchange.link.name is 'The other node''s name.';
comment on column exchange.link.sent is 'Last sequence given to an envelope.';
comment on column exchange.link.taken is 'Highest sequence that came.';
comment on column exchange.link.incarnation is 'Of the other side''s database; empty before its first envelope.';
comment on column exchange.link.missing is 'Sequences below the highest that have not come.';

create table exchange.conversation (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  link bigint not null,
  link_name text not null,
  name text not null,
  waiting bigint not null,
  envelopes integer not null,
  incoming integer not null,
  receipts integer not null,
  open integer not null check (open >= 0),
  primary key (partition, id),
  foreign key (partition, link) references exchange.link (partition, id)
);
create index conversation_link on exchange.conversation (partition, link, id);
create index conversation_waiting on exchange.conversation (partition, waiting, id);
comment on table exchange.conversation is 'What two nodes say to each other about one thing.';
comment on column exchange.conversation.partition is 'Partition of the link; part of the id.';
comment on column exchange.conversation.id is 'From the hash of link and conversation.';
comment on column exchange.conversation.version is 'Position of its last entry.';
comment on column exchange.conversation.link is 'The link.';
comment on column exchange.conversation.link_name is 'The other node''s name.';
comment on column exchange.conversation.name is 'The conversation''s name, the same on both sides.';
comment on column exchange.conversation.waiting is 'The link while something is to be signed or sent; 0 otherwise.';
comment on column exchange.conversation.envelopes is 'Outgoing envelopes; the last one''s ordinal.';
comment on column exchange.conversation.incoming is 'Incoming envelopes; the last one''s ordinal.';
comment on column exchange.conversation.receipts is 'Receipts of both sides; the last one''s ordinal.';
comment on column exchange.conversation.open is 'How many envelopes and receipts the other side has not noted yet.';

create table exchange.envelope (
  partition integer not null,
  conversation bigint not null,
  ordinal integer not null,
  sequence bigint not null check (sequence > 0),
  type text not null,
  part bytea not null,
  source bigint not null,
  posted_at timestamptz not null,
  state integer not null check (state between 1 and 3),
  envelope_id bytea not null,
  content bytea not null,
  suite integer not null,
  signature bytea not null,
  key bytea not null,
  primary key (partition, conversation, ordinal),
  foreign key (partition, conversation) references exchange.conversation (partition, id)
);
comment on table exchange.envelope is 'An envelope to the other node. Its signed bytes are never packed or signed again.';
comment on column exchange.envelope.partition is 'Partition of the conversation.';
comment on column exchange.envelope.conversation is 'The conversation.';
comment on column exchange.envelope.ordinal is 'From 1.';
comment on column exchange.envelope.sequence is 'The link''s sequence; shows gaps.';
comment on column exchange.envelope.type is 'What its part is.';
comment on column exchange.envelope.part is 'The part; personal values in it are sealed for the other node.';
comment on column exchange.envelope.source is 'The aggregate of the service that wanted it delivered.';
comment on column exchange.envelope.posted_at is 'When that service wanted it.';
comment on column exchange.envelope.state is '1 posted, 2 signed, 3 stored by the other side.';
comment on column exchange.envelope.envelope_id is 'Its id; empty until it is signed.';
comment on column exchange.envelope.content is 'The signed bytes; empty until then.';
comment on column exchange.envelope.suite is '1 Ed25519, 2 SM2 with SM3; 0 until it is signed.';
comment on column exchange.envelope.signature is 'The signature.';
comment on column exchange.envelope.key is 'The public key that it verifies with.';

create table exchange.incoming (
  partition integer not null,
  conversation bigint not null,
  ordinal integer not null,
  envelope_id bytea not null,
  sequence bigint not null,
  type text not null,
  part bytea not null,
  content bytea not null,
  suite integer not null,
  signature bytea not null,
  key bytea not null,
  taken_at timestamptz not null,
  primary key (partition, conversation, ordinal),
  foreign key (partition, conversation) references exchange.conversation (partition, id)
);
comment on table exchange.incoming is 'An envelope of the other node, with the bytes as they came.';
comment on column exchange.incoming.partition is 'Partition of the conversation.';
comment on column exchange.incoming.conversation is 'The conversation.';
comment on column exchange.incoming.ordinal is 'From 1.';
comment on column exchange.incoming.envelope_id is 'Its id.';
comment on column exchange.incoming.sequence is 'The other side''s sequence.';
comment on column exchange.incoming.type is 'What its part is.';
comment on column exchange.incoming.part is 'The part, as it came.';
comment on column exchange.incoming.content is 'The signed bytes, as they came.';
comment on column exchange.incoming.suite is '1 Ed25519, 2 SM2 with SM3.';
comment on column exchange.incoming.signature is 'The signature, as it came.';
comment on column exchange.incoming.key is 'The public key that it was verified with.';
comment on column exchange.incoming.taken_at is 'When it came.';

create table exchange.receipt (
  partition integer not null,
  conversation bigint not null,
  ordinal integer not null,
  outgoing boolean not null,
  envelope_id bytea not null,
  envelope_digest bytea not null,
  stage text not null,
  reason text not null,
  at timestamptz not null,
  state integer not null check (state between 1 and 4),
  content bytea not null,
  suite integer not null,
  signature bytea not null,
  key bytea not null,
  primary key (partition, conversation, ordinal),
  foreign key (partition, conversation) references exchange.conversation (partition, id)
);
comment on table exchange.receipt is 'A receipt of either side: how far the other one is with an envelope.';
comment on column exchange.receipt.partition is 'Partition of the conversation.';
comment on column exchange.receipt.conversation is 'The conversation.';
comment on column exchange.receipt.ordinal is 'From 1.';
comment on column exchange.receipt.outgoing is 'This node''s own.';
comment on column exchange.receipt.envelope_id is 'The envelope that it is for.';
comment on column exchange.receipt.envelope_digest is 'Hash of that envelope''s signed bytes.';
comment on column exchange.receipt.stage is 'stored, accepted, returned, decided or told.';
comment on column exchange.receipt.reason is 'Of a return; empty otherwise.';
comment on column exchange.receipt.at is 'When the stage was reached, as its maker says.';
comment on column exchange.receipt.state is '1 made, 2 signed, 3 noted by the other side, 4 taken from it.';
comment on column exchange.receipt.content is 'The signed bytes; empty until they are signed.';
comment on column exchange.receipt.suite is '1 Ed25519, 2 SM2 with SM3; 0 until it is signed.';
comment on column exchange.receipt.signature is 'The signature.';
comment on column exchange.receipt.key is 'The public key that it verifies with.';
