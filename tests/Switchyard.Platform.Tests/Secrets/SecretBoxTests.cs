using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Platform.Secrets;

namespace Switchyard.Platform.Tests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly Gen<Guid> Id = ArbMap.Default.GeneratorFor<Guid>();

    private static readonly Gen<SecretScope> Scope = Id.Zip(Id).Zip(Gen.Choose(0, 1000))
        .Select(t => new SecretScope(t.Item1.Item1, "gateway.provider-key", t.Item1.Item2, t.Item2));

    private static readonly Gen<string> Key = Gen.OneOf(
        Gen.Elements("abcDEF123-_".ToCharArray()).ArrayOf(48).Select(c => "sk-" + new string(c)),
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(u => u.Get ?? ""),
        Gen.Constant("密钥🔑"));

    private readonly SecretBox _box = new(new KeyChain([MasterKey.Create()]));

    [Fact]
    public void P04_open_gives_back_what_was_sealed() => Invariant.Holds(
        Key.Zip(Scope),
        c => _box.Open(_box.Seal(c.Item1, c.Item2), c.Item2).ShouldBe(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(c.Item1))));

    [Fact]
    public void P04_the_ciphertext_never_contains_the_key() => Invariant.Holds(
        Key.Where(k => k.Length >= 4).Zip(Scope),
        c => _box.Seal(c.Item1, c.Item2).AsSpan().IndexOf(Encoding.UTF8.GetBytes(c.Item1)).ShouldBe(-1));

    [Fact]
    public void P04_sealing_twice_gives_different_ciphertexts() => Invariant.Holds(
        Key.Zip(Scope),
        c => _box.Seal(c.Item1, c.Item2).ShouldNotBe(_box.Seal(c.Item1, c.Item2)));

    [Fact]
    public void P04_any_flipped_bit_is_refused() => Invariant.Holds(
        Key.Zip(Scope).Zip(Gen.Choose(0, 1_000_000)).Zip(Gen.Choose(0, 7)),
        c =>
        {
            var (((key, scope), at), bit) = c;
            var sealedKey = _box.Seal(key, scope);
            sealedKey[at % sealedKey.Length] ^= (byte)(1 << bit);
            Should.Throw<SecretException>(() => _box.Open(sealedKey, scope));
        },
        cases: 500);

    [Fact]
    public void P04_a_cut_value_is_refused() => Invariant.Holds(
        Key.Zip(Scope).Zip(Gen.Choose(0, 1_000_000)),
        c =>
        {
            var ((key, scope), length) = c;
            var sealedKey = _box.Seal(key, scope);
            Should.Throw<SecretException>(() => _box.Open(sealedKey[..(length % sealedKey.Length)], scope));
        });

    [Fact]
    public void P04_another_row_tenant_purpose_or_version_is_refused() => Invariant.Holds(
        Key.Zip(Scope).Zip(Id),
        c =>
        {
            var ((key, scope), other) = c;
            var sealedKey = _box.Seal(key, scope);
            Should.Throw<SecretException>(() => _box.Open(sealedKey, scope with { TenantId = other }));
            Should.Throw<SecretException>(() => _box.Open(sealedKey, scope with { RowId = other }));
            Should.Throw<SecretException>(() => _box.Open(sealedKey, scope with { Purpose = "other" }));
            Should.Throw<SecretException>(() => _box.Open(sealedKey, scope with { Version = scope.Version + 1 }));
        });

    [Fact]
    public void P04_rotation_keeps_every_secret_readable_and_drops_the_old_key() => Invariant.Holds(
        Key.Zip(Scope),
        c =>
        {
            var (key, scope) = c;
            var (old, current) = (MasterKey.Create(), MasterKey.Create());
            var before = new SecretBox(new KeyChain([old])).Seal(key, scope);
            var both = new SecretBox(new KeyChain([current, old]));

            both.NeedsRewrap(before).ShouldBeTrue();
            var after = both.Rewrap(before, scope);

            var onlyNew = new SecretBox(new KeyChain([current]));
            onlyNew.NeedsRewrap(after).ShouldBeFalse();
            onlyNew.Open(after, scope).ShouldBe(both.Open(before, scope));
            Should.Throw<SecretException>(() => onlyNew.Open(before, scope));
        });

    [Fact]
    public void The_key_file_is_created_closed_and_survives_rotation()
    {
        var folder = Directory.CreateTempSubdirectory("switchyard-keys");
        try
        {
            var file = Path.Combine(folder.FullName, "master.key");
            var first = KeyChain.Load(null, file);
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            KeyChain.Load(null, file).Current.Id.ShouldBe(first.Current.Id);

            var rotated = KeyChain.Rotate(file);
            rotated.Current.Id.ShouldNotBe(first.Current.Id);
            KeyChain.Load(null, file).Find(first.Current.Id).ShouldNotBeNull();

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
                Should.Throw<SecretException>(() => KeyChain.Load(null, file)).Message.ShouldContain("chmod 600");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_many_that_make_the_key_file_at_once_one_wins_and_all_have_its_key()
    {
        for (var round = 0; round < 200; round++)
        {
            var folder = Directory.CreateTempSubdirectory("switchyard-keys");
            using var together = new Barrier(8);
            var ids = new ulong[8];
            var threads = ids.Select((_, i) => new Thread(() =>
            {
                together.SignalAndWait();
                ids[i] = KeyChain.Load(null, Path.Combine(folder.FullName, "master.key")).Current.Id;
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            ids.Distinct().ShouldHaveSingleItem();
            folder.GetFiles().ShouldHaveSingleItem("nothing half made is left");
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("not base64 at all, and much too long to be a key of any kind")]
    public void A_bad_master_key_is_refused_without_repeating_it(string text)
    {
        var error = Should.Throw<SecretException>(() => MasterKey.Parse(text));
        if (text.Length > 0) error.Message.ShouldNotContain(text);
    }
}
