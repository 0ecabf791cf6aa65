-- Of the built-in weights under which the thresholds were found: under others they mean something else. 0: nobody knows which.
alter table answer_thresholds add column confidence_version int not null default 0;
alter table answer_thresholds alter column confidence_version drop default;
