using System.Runtime.InteropServices;
using System.Text;

namespace OpenLmp.Hosting.Http;

/// <summary>Users and groups of this machine. Names may be looked up elsewhere (LDAP), and so take their time: not for the node's thread.</summary>
internal static unsafe partial class Accounts
{
    private const int OutOfRange = 34; // ERANGE
    private const int FirstBuffer = 4 << 10;
    // Where a group has tens of thousands of members, all their names come along.
    private const int LargestBuffer = 4 << 20;

    /// <summary>The user this process acts as.</summary>
    public static uint EffectiveUser => LeastPrivilege.GetEUid();

    /// <summary>The group this process acts as.</summary>
    public static uint EffectiveGroup => GetEGid();

    /// <summary>A user's name; null where none is known.</summary>
    public static string? UserName(uint user) => Find((byte* buffer, nuint size, out string? name) =>
    {
        LeastPrivilege.PassWd entry;
        LeastPrivilege.PassWd* found;
        var error = GetPwUid(user, &entry, buffer, size, &found);
        name = error == 0 && found is not null ? Marshal.PtrToStringUTF8((nint)entry.Name) : null;
        return error;
    });

    /// <summary>A group's number, by its name or as the number itself; null where there is no such group.</summary>
    public static uint? GroupOf(string text)
    {
        if (uint.TryParse(text, out var number)) return number;
        var utf8 = Encoding.UTF8.GetBytes(text + '\0');
        return Find((byte* buffer, nuint size, out uint? group) =>
        {
            Group entry;
            Group* found;
            int error;
            fixed (byte* name = utf8) error = GetGrNam(name, &entry, buffer, size, &found);
            group = error == 0 && found is not null ? entry.Id : null;
            return error;
        });
    }

    /// <summary>Gives a file to a group; 0, or an errno.</summary>
    public static int GiveTo(uint group, string path) => LeastPrivilege.ChOwn(path, uint.MaxValue, group) == 0 ? 0 : Marshal.GetLastPInvokeError();

    private delegate int Look<T>(byte* buffer, nuint size, out T value);

    private static T Find<T>(Look<T> look)
    {
        for (var size = FirstBuffer; ; size *= 4)
        {
            var buffer = new byte[size];
            int error;
            T value;
            fixed (byte* start = buffer) error = look(start, (nuint)size, out value);
            if (error != OutOfRange || size >= LargestBuffer) return value;
        }
    }

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEGid();

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int GetPwUid(uint user, LeastPrivilege.PassWd* entry, byte* buffer, nuint size, LeastPrivilege.PassWd** found);

    [LibraryImport("libc", EntryPoint = "getgrnam_r")]
    private static partial int GetGrNam(byte* name, Group* entry, byte* buffer, nuint size, Group** found);

    // grp.h on 64-bit Linux, the same with glibc and musl.
    [StructLayout(LayoutKind.Sequential)]
    private struct Group
    {
        public byte* Name;
        public byte* Password;
        public uint Id;
        public byte** Members;
    }
}
