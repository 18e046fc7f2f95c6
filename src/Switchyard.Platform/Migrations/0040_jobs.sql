-- Long work: what it is, how far it is, what came of it. A node that runs a job holds its lease and writes only
-- under the epoch that it claimed, so that a node believed dead cannot interfere when it wakes up.
create table platform.jobs (
    id uuid primary key,
    tenant_id uuid not null,
    type text not null,
    title text not null,
    status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    arguments json not null,
    checkpoint json,
    result json,
    error_code text,
    error_args json,
    done bigint not null default 0,
    total bigint,
    errors bigint not null default 0,
    rate double precision,
    created_at timestamptz not null,
    created_by text not null,
    created_by_kind text not null,
    created_by_id uuid,
    grants integer not null,
    started_at timestamptz,
    ended_at timestamptz,
    cancel_requested boolean not null default false,
    -- Claims since the last checkpoint: a job that takes its node down each time is given up.
    attempts integer not null default 0,
    epoch bigint not null default 0,
    node text,
    lease_until timestamptz,
    scheduled_at timestamptz
);

-- Ids are made in the order of time.
create index jobs_by_tenant on platform.jobs (tenant_id, id desc);
create index jobs_open on platform.jobs (status, lease_until) where status in ('queued', 'running');

-- What a job leaves to download, in parts so that neither side holds it whole.
create table platform.job_files (
    job_id uuid not null references platform.jobs (id) on delete cascade,
    tenant_id uuid not null,
    part integer not null,
    name text not null,
    content_type text not null,
    content bytea not null,
    primary key (job_id, part)
);

-- Quartz' own tables, as version 3.22 of its job store for PostgreSQL expects them. They hold no tenant's data:
-- only which job is to fire when, and on which node.
create table platform.qrtz_job_details (
    sched_name text not null,
    job_name text not null,
    job_group text not null,
    description text,
    job_class_name text not null,
    is_durable boolean not null,
    is_nonconcurrent boolean not null,
    is_update_data boolean not null,
    requests_recovery boolean not null,
    job_data bytea,
    primary key (sched_name, job_name, job_group)
);

create table platform.qrtz_triggers (
    sched_name text not null,
    trigger_name text not null,
    trigger_group text not null,
    job_name text not null,
    job_group text not null,
    description text,
    next_fire_time bigint,
    prev_fire_time bigint,
    priority integer,
    trigger_state text not null,
    trigger_type text not null,
    start_time bigint not null,
    end_time bigint,
    calendar_name text,
    misfire_instr smallint,
    misfire_orig_fire_time bigint,
    execution_group varchar(200),
    preferred_node varchar(200),
    preferred_node_auto boolean not null default false,
    job_data bytea,
    primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, job_name, job_group) references platform.qrtz_job_details (sched_name, job_name, job_group)
);
create index qrtz_triggers_due on platform.qrtz_triggers (sched_name, trigger_state, next_fire_time);
create index qrtz_triggers_by_job on platform.qrtz_triggers (sched_name, job_name, job_group);

create table platform.qrtz_simple_triggers (
    sched_name text not null,
    trigger_name text not null,
    trigger_group text not null,
    repeat_count bigint not null,
    repeat_interval bigint not null,
    times_triggered bigint not null,
    primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, trigger_name, trigger_group)
        references platform.qrtz_triggers (sched_name, trigger_name, trigger_group) on delete cascade
);

create table platform.qrtz_cron_triggers (
    sched_name text not null,
    trigger_name text not null,
    trigger_group text not null,
    cron_expression text not null,
    time_zone_id text,
    primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, trigger_name, trigger_group)
        references platform.qrtz_triggers (sched_name, trigger_name, trigger_group) on delete cascade
);

create table platform.qrtz_simprop_triggers (
    sched_name text not null,
    trigger_name text not null,
    trigger_group text not null,
    str_prop_1 text,
    str_prop_2 text,
    str_prop_3 text,
    int_prop_1 integer,
    int_prop_2 integer,
    long_prop_1 bigint,
    long_prop_2 bigint,
    dec_prop_1 numeric,
    dec_prop_2 numeric,
    bool_prop_1 boolean,
    bool_prop_2 boolean,
    time_zone_id text,
    primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, trigger_name, trigger_group)
        references platform.qrtz_triggers (sched_name, trigger_name, trigger_group) on delete cascade
);

create table platform.qrtz_blob_triggers (
    sched_name text not null,
    trigger_name text not null,
    trigger_group text not null,
    blob_data bytea,
    primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, trigger_name, trigger_group)
        references platform.qrtz_triggers (sched_name, trigger_name, trigger_group) on delete cascade
);

create table platform.qrtz_calendars (
    sched_name text not null,
    calendar_name text not null,
    calendar bytea not null,
    primary key (sched_name, calendar_name)
);

create table platform.qrtz_paused_trigger_grps (
    sched_name text not null,
    trigger_group text not null,
    primary key (sched_name, trigger_group)
);

create table platform.qrtz_fired_triggers (
    sched_name text not null,
    entry_id text not null,
    trigger_name text not null,
    trigger_group text not null,
    instance_name text not null,
    fired_time bigint not null,
    sched_time bigint not null,
    priority integer not null,
    state text not null,
    job_name text,
    job_group text,
    is_nonconcurrent boolean not null,
    requests_recovery boolean,
    execution_group varchar(200),
    primary key (sched_name, entry_id)
);
create index qrtz_fired_triggers_by_node on platform.qrtz_fired_triggers (sched_name, instance_name);

create table platform.qrtz_scheduler_state (
    sched_name text not null,
    instance_name text not null,
    last_checkin_time bigint not null,
    checkin_interval bigint not null,
    primary key (sched_name, instance_name)
);

create table platform.qrtz_locks (
    sched_name text not null,
    lock_name text not null,
    primary key (sched_name, lock_name)
);
insert into platform.qrtz_locks values ('switchyard', 'TRIGGER_ACCESS'), ('switchyard', 'STATE_ACCESS');
