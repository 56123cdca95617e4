namespace OpenLmp.Hosting.Tests;

public class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_word_is_a_datagram(bool isAbstract)
    {
        using var systemd = new DatagramListener(isAbstract);
        using var service = new ServiceManager(systemd.Name, null);
        service.Ready();
        Assert.Equal("READY=1", await systemd.ReadAsync());
        service.Reloading();
        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+$", await systemd.ReadAsync());
        service.Status("two\nlines");
        Assert.Equal("STATUS=two lines", await systemd.ReadAsync());
        service.Alive();
        Assert.Equal("WATCHDOG=1", await systemd.ReadAsync());
        service.Stopping();
        Assert.Equal("STOPPING=1", await systemd.ReadAsync());
    }

    [Fact]
    public async Task A_manager_that_begins_anew_is_found_again()
    {
        using var systemd = new DatagramListener();
        using var service = new ServiceManager(systemd.Name, null);
        service.Ready();
        Assert.Equal("READY=1", await systemd.ReadAsync());
        systemd.Reopen();
        service.Stopping();
        Assert.Equal("STOPPING=1", await systemd.ReadAsync());
    }

    [Fact]
    public void A_manager_that_does_not_read_or_is_not_there_holds_nothing_up()
    {
        using var systemd = new DatagramListener();
        using var service = new ServiceManager(systemd.Name, null);
        // More than any queue takes.
        for (var i = 0; i < 20_000; i++) service.Alive();
        using var nobody = new ServiceManager("/nonexistent/notify", null);
        nobody.Ready();
    }

    [Theory]
    [InlineData(null, null, null, false, null)]
    [InlineData("", "30000000", null, false, null)]
    [InlineData("vsock:2:1234", null, null, false, null)]
    [InlineData("/run/systemd/notify", null, null, true, null)]
    [InlineData("@notify", "30000000", null, true, 30_000)]
    [InlineData("/run/systemd/notify", "30000000", "77", true, 30_000)]
    [InlineData("/run/systemd/notify", "30000000", "78", true, null)]
    [InlineData("/run/systemd/notify", "soon", "77", true, null)]
    [InlineData("/run/systemd/notify", "0", "77", true, null)]
    public void The_environment_tells_where_it_is_and_how_patient(string? socket, string? microseconds, string? pid, bool isThere, int? milliseconds)
    {
        using var service = ServiceManager.From(
            name => name switch { "NOTIFY_SOCKET" => socket, "WATCHDOG_USEC" => microseconds, "WATCHDOG_PID" => pid, _ => null },
            processId: 77);
        Assert.Equal((isThere, milliseconds), (service is not null, (int?)service?.Watchdog?.TotalMilliseconds));
    }

    [Fact]
    public void A_path_that_is_no_sockets_is_nobody() =>
        Assert.Null(ServiceManager.From(name => name == "NOTIFY_SOCKET" ? "/" + new string('a', 200) : null, 1));
}
