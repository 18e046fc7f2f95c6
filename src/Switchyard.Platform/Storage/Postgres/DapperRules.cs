using System.Data;
using Dapper;

namespace Switchyard.Platform.Storage.Postgres;

/// <summary>How rows become objects: <c>snake_case</c> columns to properties, times with their offset (always UTC).</summary>
internal static class DapperRules
{
    /// <summary>Applies the rules for this process; harmless when repeated.</summary>
    public static void Apply()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Times());
    }

    private sealed class Times : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value is DateTimeOffset time
            ? time
            : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }
}
