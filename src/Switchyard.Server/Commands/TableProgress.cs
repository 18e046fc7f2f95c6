using Spectre.Console;

namespace Switchyard.Server.Commands;

/// <summary>A progress bar over tables on standard error; silent where nobody watches.</summary>
internal static class TableProgress
{
    public static async Task<T> ShowAsync<T>(string verb, Func<Action<string, int, int>?, Task<T>> work)
    {
        if (!Terminal.IsWatched) return await work(null);
        return await Terminal.Errors.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask(verb);
            return await work((table, done, total) =>
            {
                bar.MaxValue = total;
                bar.Value = done;
                bar.Description = Markup.Escape($"{verb} {table}");
            });
        });
    }
}
