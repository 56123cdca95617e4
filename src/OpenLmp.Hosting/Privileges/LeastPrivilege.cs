using System.Runtime.InteropServices;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// A daemon started by root goes on as another user, with nothing of root's but the capabilities that its configuration needs, and no way to more:
/// no_new_privs, and a bounding set of just those.
/// <para>
/// Capabilities belong to threads, and the runtime has made some before the first line of ours runs. So the process replaces itself by itself: what
/// begins anew has on all of its threads what the one that began it had on its own.
/// </para>
/// </summary>
public static unsafe partial class LeastPrivilege
{
    private const uint Version3 = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
    private const int KeepCapabilities = 8; // PR_SET_KEEPCAPS
    private const int DropFromBounding = 24; // PR_CAPBSET_DROP
    private const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
    private const int Ambient = 47; // PR_CAP_AMBIENT
    private const int RaiseAmbient = 2;
    private const int MostCapabilities = 64;

    private const UnixFileMode DirectoryMode = // 0750
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Goes on as the user of <c>process: user:</c>. Does not return if that is done; returns if there is nothing to do.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="DaemonStartException">It cannot be done; says why. The process should end: it may have given up something already.</exception>
    public static void Take(DaemonConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Process.User is not { } name) return;
        if (Account.Find(name) is not { } account) throw new DaemonStartException($"process: user: there is no user {name}");
        if (GetEUid() == account.User) return;
        if (GetEUid() != 0) throw new DaemonStartException($"process: user: only root can go on as {name}; start lmpd as one of the two");
        PrepareDirectories(configuration, account);
        GiveUp(name, account, NeededCapabilities.Of(configuration));
        StartAnew();
    }

    /// <summary>The number of a user of this machine; null if there is none of that name.</summary>
    internal static uint? Find(string user) => Account.Find(user)?.User;

    // What root would have made for itself on the way: it has to be there, and the user's.
    private static void PrepareDirectories(DaemonConfiguration configuration, Account account)
    {
        foreach (var file in (string?[])[configuration.Api.SocketPath, configuration.Api.AuditPath, configuration.StatePath])
        {
            if (file is null || Path.GetDirectoryName(Path.GetFullPath(file)) is not { } directory || Directory.Exists(directory)) continue;
            try
            {
                if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(directory, DirectoryMode);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DaemonStartException($"process: user: cannot make {directory}: {e.Message}");
            }

            Demand(ChOwn(directory, account.User, account.Group), $"cannot give {directory} to the user");
        }
    }

    private static void GiveUp(string name, Account account, IReadOnlyList<Capability> needed)
    {
        for (var other = 0; other < MostCapabilities; other++)
            if (!needed.Contains((Capability)other)) _ = Libc.PrCtl(DropFromBounding, (nuint)other, 0, 0, 0); // EINVAL beyond the kernel's last one
        Demand(Libc.PrCtl(KeepCapabilities, 1, 0, 0, 0), "cannot keep capabilities");
        Demand(InitGroups(name, account.Group), $"cannot take the groups of {name}");
        Demand(SetResGid(account.Group, account.Group, account.Group), $"cannot take the group of {name}");
        Demand(SetResUid(account.User, account.User, account.User), $"cannot become {name}");

        var bits = needed.Aggregate(0u, (all, one) => all | (1u << (int)one));
        var header = stackalloc uint[] { Version3, 0 };
        var sets = stackalloc uint[] { bits, bits, bits, 0, 0, 0 }; // effective, permitted, inheritable; and those from 32 on
        Demand(CapSet(header, sets), "cannot keep capabilities");
        foreach (var one in needed) Demand(Libc.PrCtl(Ambient, RaiseAmbient, (nuint)one, 0, 0), $"cannot keep {one}");
        Demand(Libc.PrCtl(NoNewPrivileges, 1, 0, 0, 0), "cannot renounce new privileges");
    }

    private static void StartAnew()
    {
        var line = File.ReadAllBytes("/proc/self/cmdline");
        fixed (byte* start = line)
        {
            var arguments = new List<nint>();
            for (var at = 0; at < line.Length; at = Array.IndexOf(line, (byte)0, at) + 1) arguments.Add((nint)(start + at));
            arguments.Add(0);
            fixed (byte* self = "/proc/self/exe\0"u8)
            fixed (nint* vector = arguments.ToArray())
                ExecV(self, vector);
        }

        throw Failed("cannot start anew");
    }

    private static void Demand(int result, string what)
    {
        if (result != 0) throw Failed(what);
    }

    private static DaemonStartException Failed(string what) => new($"process: user: {what}: {Libc.Describe(Marshal.GetLastPInvokeError())}");

    /// <summary>A user's numbers.</summary>
    private readonly record struct Account(uint User, uint Group)
    {
        private const int Buffer = 64 << 10;

        public static Account? Find(string name)
        {
            var (utf8, buffer) = (Encoding.UTF8.GetBytes(name + '\0'), new byte[Buffer]);
            PassWd entry;
            PassWd* found;
            fixed (byte* text = utf8, space = buffer)
                if (GetPwNam(text, &entry, space, Buffer, &found) != 0 || found is null) return null;
            return new Account(entry.User, entry.Group);
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint GetEUid();

    [LibraryImport("libc", EntryPoint = "getpwnam_r")]
    private static partial int GetPwNam(byte* name, PassWd* entry, byte* buffer, nuint size, PassWd** found);

    [LibraryImport("libc", EntryPoint = "initgroups", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int InitGroups(string name, uint group);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    private static partial int SetResGid(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    private static partial int SetResUid(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChOwn(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static partial int ExecV(byte* path, nint* arguments);

    // pwd.h on 64-bit Linux, the same with glibc and musl.
    [StructLayout(LayoutKind.Sequential)]
    internal struct PassWd
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public byte* Comment;
        public byte* Directory;
        public byte* Shell;
    }
}
