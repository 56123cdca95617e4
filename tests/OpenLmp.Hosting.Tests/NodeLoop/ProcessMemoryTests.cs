namespace OpenLmp.Hosting.Tests;

public class ProcessMemoryTests
{
    [Fact]
    public void Only_what_nobody_can_change_or_has_changed_of_the_file_is_let_go()
    {
        string[] smaps =
        [
            "10000000-10480000 r--p 00000000 fe:00 1234                       /usr/bin/lmpd", "Size:               4608 kB", "Anonymous:             0 kB", "VmFlags: rd mr mw me sd",
            "10480000-11100000 r-xp 00480000 fe:00 1234                       /usr/bin/lmpd", "Anonymous:             0 kB",
            // Read-only by now, but addresses have been filled in.
            "11100000-11120000 r--p 01100000 fe:00 1234                       /usr/bin/lmpd", "Anonymous:           128 kB",
            "11120000-11130000 rw-p 01120000 fe:00 1234                       /usr/bin/lmpd", "Anonymous:             0 kB",
            "11130000-11140000 r--s 01120000 fe:00 1234                       /usr/bin/lmpd", "Anonymous:             0 kB",
            "7f0000000000-7f0000100000 r--p 00000000 fe:00 99                         /usr/bin/lmpd.old", "Anonymous:             0 kB",
            "7f0000100000-7f0000200000 r--p 00000000 00:00 0 ", "Anonymous:             0 kB",
            "7f0000200000-7f0000300000 r--p 00000000 00:00 0                          [vvar]", "Anonymous:             0 kB",
        ];
        Assert.Equal([new(0x10000000, 0x480000), new(0x10480000, 0xc80000)], FileMapping.Unchanged(smaps, "/usr/bin/lmpd"));
    }

    [Fact]
    public void A_path_may_have_spaces()
    {
        string[] smaps = ["00400000-00401000 r-xp 00000000 fe:00 1234                       /opt/my lmp/lmpd (deleted)", "Anonymous:             0 kB"];
        Assert.Equal([new(0x400000, 0x1000)], FileMapping.Unchanged(smaps, "/opt/my lmp/lmpd (deleted)"));
    }

    [Fact]
    public void A_process_goes_on_as_before()
    {
        Assert.NotEmpty(FileMapping.Unchanged(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath!));
        ProcessMemory.ReleaseStart();
        ProcessMemory.ReleaseStart();
    }
}
