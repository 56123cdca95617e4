using OpenLmp.Snmp;

namespace OpenLmp.Hosting.Tests;

/// <summary>snmp.</summary>
public class SnmpSectionTests
{
    [Fact]
    public void Is_off_unless_it_is_configured() => Assert.Null(Reading.Good(Texts.Minimal).Snmp);

    [Theory]
    [InlineData("unix:/var/agentx/master", "unix:/var/agentx/master")]
    [InlineData("\"tcp:127.0.0.1:705\"", "tcp:127.0.0.1:705")]
    [InlineData("tcp:127.0.0.1", "tcp:127.0.0.1:705")]
    [InlineData("\"tcp:[::1]:1705\"", "tcp:[::1]:1705")]
    public void Has_a_master_agent(string text, string endpoint)
    {
        var snmp = Reading.Good(Texts.Root($"snmp: {{agentx: {text}}}")).Snmp!;
        Assert.Equal((endpoint, NotificationGroups.None, 600), ($"{snmp.AgentX}", snmp.Notifications.Enabled, snmp.Notifications.MaxPerMinute));
    }

    [Theory]
    [InlineData("[ all ]", NotificationGroups.All)]
    [InlineData("[]", NotificationGroups.None)]
    [InlineData("[ link-property, unprotected, control-channel, te-link, data-link ]", NotificationGroups.All)]
    [InlineData("[ te-link, data-link ]", NotificationGroups.TeLink | NotificationGroups.DataLink)]
    public void Notifies(string text, NotificationGroups groups) =>
        Assert.Equal(groups, Reading.Good(Texts.Root($"snmp: {{agentx: unix:/x, notifications: {text}, max-notification-rate: 0}}")).Snmp!.Notifications.Enabled);

    [Theory]
    [InlineData("¶snmp:", "configuration: snmp is missing or empty; add it, such as snmp: {agentx: unix:/var/agentx/master}")]
    [InlineData("snmp: ¶{notifications: [ all ]}", "snmp: agentx is missing; add it, such as agentx: unix:/var/agentx/master")]
    [InlineData("snmp: {agentx: ¶/var/agentx/master}", "agentx: \"/var/agentx/master\" is not where a master agent listens; write agentXSocket of snmpd.conf, such as unix:/var/agentx/master or tcp:127.0.0.1:705")]
    [InlineData("snmp: {agentx: ¶\"tcp:localhost:705\"}", "agentx: \"tcp:localhost:705\" is not where a master agent listens; write agentXSocket of snmpd.conf, such as unix:/var/agentx/master or tcp:127.0.0.1:705")]
    [InlineData("snmp: {agentx: ¶unix:none}", "agentx: \"unix:none\" is not where a master agent listens; write agentXSocket of snmpd.conf, such as unix:/var/agentx/master or tcp:127.0.0.1:705")]
    [InlineData("snmp: {agentx: ¶unix:master}", "agentx: \"unix:master\" is not where a master agent listens; write agentXSocket of snmpd.conf, such as unix:/var/agentx/master or tcp:127.0.0.1:705")]
    [InlineData("snmp: {agentx: unix:/x, notifications: ¶all}", "notifications: a list is expected here, not a single value; put it in [ ]")]
    [InlineData("snmp: {agentx: unix:/x, notifications: [ ¶te-links ]}", "notifications: \"te-links\" is not a kind of notification; did you mean te-link?")]
    [InlineData("snmp: {agentx: unix:/x, max-notification-rate: ¶60001}", "max-notification-rate: \"60001\" is not a number of notifications in a minute; write one from 0, for no bound, to 60000")]
    [InlineData("snmp: {agentx: unix:/x, ¶comunity: public}", "snmp: there is no key \"comunity\"; the keys here are agentx, notifications, max-notification-rate")]
    public void What_cannot_be_is_told(string lines, string error) => Reading.Bad(Texts.Root(lines), error);
}
