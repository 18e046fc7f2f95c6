using System.Collections.Specialized;
using Npgsql;
using Quartz;
using Quartz.Impl;
using Quartz.Spi;
using Quartz.Util;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>Builds this node's scheduler. Nothing of it is static, so that two nodes can live in one process.</summary>
internal sealed class QuartzFactory(NpgsqlDataSource source, NameValueCollection settings) : StdSchedulerFactory(settings)
{
    private readonly Schedulers _schedulers = new();

    protected override ISchedulerRepository GetSchedulerRepository() => _schedulers;

    protected override IDbConnectionManager GetDBConnectionManager() => new QuartzConnections(source);

    /// <summary>Settings of a clustered store in schema <c>platform</c>.</summary>
    public static NameValueCollection Settings(string node, int threads) => new()
    {
        ["quartz.scheduler.instanceName"] = "switchyard",
        ["quartz.scheduler.instanceId"] = node,
        ["quartz.scheduler.idleWaitTime"] = "2000",
        ["quartz.threadPool.maxConcurrency"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["quartz.serializer.type"] = typeof(QuartzSerializer).AssemblyQualifiedName,
        ["quartz.jobStore.type"] = "Quartz.Impl.AdoJobStore.JobStoreTX, Quartz",
        ["quartz.jobStore.driverDelegateType"] = "Quartz.Impl.AdoJobStore.PostgreSQLDelegate, Quartz",
        ["quartz.jobStore.dataSource"] = "switchyard",
        ["quartz.jobStore.tablePrefix"] = "platform.qrtz_",
        ["quartz.jobStore.useProperties"] = "true",
        ["quartz.jobStore.clustered"] = "true",
        ["quartz.jobStore.clusterCheckinInterval"] = "2000",
        ["quartz.jobStore.clusterCheckinMisfireThreshold"] = "4000",
        ["quartz.jobStore.dbRetryInterval"] = "1000",
        ["quartz.jobStore.misfireThreshold"] = "5000",
        ["quartz.jobStore.performSchemaValidation"] = "false",
    };

    private sealed class Schedulers : ISchedulerRepository
    {
        private readonly Dictionary<string, IScheduler> _byName = [];

        public void Bind(IScheduler scheduler) => _byName[scheduler.SchedulerName] = scheduler;

        public void Remove(string schedulerName) => _byName.Remove(schedulerName);

        public IScheduler? Lookup(string schedulerName) => _byName.GetValueOrDefault(schedulerName);

        public List<IScheduler> LookupAll() => [.. _byName.Values];
    }
}
