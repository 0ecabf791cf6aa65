-- What of its source was not read, as [{"code", "message"}]: told for as long as the document stays, without reading the source again.
alter table documents add column warnings jsonb not null default '[]';
