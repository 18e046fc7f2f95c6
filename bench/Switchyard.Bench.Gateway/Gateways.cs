using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.TestKit;
using Switchyard.TestKit.Databases;

namespace Switchyard.Bench.Gateway;

/// <summary>Something that stands between client and provider.</summary>
internal sealed record Target(string Name, Uri Address, string? Key, ChildProcess Process) : IDisposable
{
    public string Url => new Uri(Address, "/v1/chat/completions").ToString();

    public void Dispose() => Process.Dispose();
}

/// <summary>Starts nginx as a plain proxy, and Switchyard as a user would run it.</summary>
internal static class Gateways
{
    private const string Token = "bench-admin-token-0123456789";

    public static Target StartNginx(int port, int upstream)
    {
        var directory = Directory.CreateTempSubdirectory("switchyard-nginx-").FullName;
        var configuration = Path.Combine(directory, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            worker_processes 1;
            pid {{directory}}/nginx.pid;
            error_log {{directory}}/error.log;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path {{directory}};
                proxy_temp_path {{directory}};
                client_body_buffer_size 128k;
                keepalive_requests 1000000000;
                upstream provider { server 127.0.0.1:{{upstream}}; keepalive 256; keepalive_requests 1000000000; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://provider;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering off;
                    }
                }
            }
            """);
        return new Target("nginx", new Uri($"http://127.0.0.1:{port}"), null, ChildProcess.Start(0, "nginx", ["-c", configuration, "-p", directory]));
    }

    public static async Task<Target> StartSwitchyardAsync(int port, int upstream, string? build = null)
    {
        var server = build ?? Path.Combine(Repository.Root, "src/Switchyard.Server/bin/Release/net10.0/switchyard.dll");
        if (!File.Exists(server)) throw new FileNotFoundException("Build the server first: dotnet build -c Release src/Switchyard.Server", server);
        var data = Directory.CreateTempSubdirectory("switchyard-bench-").FullName;
        var database = await (await PostgresServer.SharedAsync()).CreateEmptyAsync();
        var process = ChildProcess.Start(0, "dotnet", [server, "serve", "--data", data, "--database", database, "--port", $"{port}"], new Dictionary<string, string>
        {
            ["SWITCHYARD_ADMIN_TOKEN"] = Token,
            ["SWITCHYARD_LOG_LEVEL"] = "warning",
        });
        var address = new Uri($"http://127.0.0.1:{port}");
        using var admin = Admin(address);
        await Eventually.IsTrue(() => IsUpAsync(admin), "Switchyard is up", TimeSpan.FromSeconds(60));
        await AddProviderAsync(address, "mock", upstream, "fast", "paced", "slow");
        var key = await admin.PostAsJsonAsync("/api/admin/keys", new { name = "bench", scopes = new[] { "client" } });
        await DemandAsync(key);
        var secret = JsonDocument.Parse(await key.Content.ReadAsStringAsync()).RootElement.GetProperty("secret").GetString();
        return new Target("switchyard", address, secret, process);
    }

    /// <summary>Lets a running Switchyard know of a provider on this machine.</summary>
    public static async Task AddProviderAsync(Uri switchyard, string name, int port, params string[] models)
    {
        using var admin = Admin(switchyard);
        await DemandAsync(await admin.PostAsJsonAsync("/admin/config/llm", new { name, kind = "openai-compatible", endpoint = $"http://127.0.0.1:{port}/v1", mode = "local", models, enabled = true }));
    }

    private static HttpClient Admin(Uri switchyard)
    {
        var admin = TestHttp.Client(switchyard);
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return admin;
    }

    private static async Task<bool> IsUpAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/api/admin/keys")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task DemandAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
