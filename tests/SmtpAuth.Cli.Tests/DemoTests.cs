namespace SmtpAuth.Cli.Tests;

public sealed class DemoTests
{
    [Theory]
    [InlineData("en", "SmtpClientAuthentication is disabled for the Tenant", "PROVED", "none differs")]
    [InlineData("ro", "SmtpClientAuthentication is disabled for the Tenant", "DOVEDIT", "niciunul diferit")]
    public async Task The_demo_tells_the_whole_story_in_both_languages(string language, params string[] telling)
    {
        var run = await Run.Of("demo", "--lang", language);

        run.ExitCode.Should().Be(ExitCode.Done, run.Error);
        run.Error.Should().BeEmpty();
        run.Out.Should().ContainAll(telling).And.ContainAll("EXO001", "ENT010", "ENT030").And.NotContain("\u001b");
    }

    [Fact]
    public async Task The_demo_gives_its_story_as_one_document_too()
    {
        var run = await Run.Of("demo", "--json");

        run.ExitCode.Should().Be(ExitCode.Done, run.Error);
        run.Json["refused"]!["condition"]!.GetValue<string>().Should().Be("smtp-auth-disabled-tenant");
        run.Json["diagnosis"]!["willFailNext"]!.AsArray().Select(gate => gate!.GetValue<string>()).Should().Equal("conditional-access", "per-user-mfa");
        run.Json["applied"]!["outcome"]!.GetValue<string>().Should().Be("proved");
        run.Json["differences"]!.AsArray().Should().BeEmpty();
        run.Json["afterwards"]!.GetValue<string>().Should().Be("refused");
    }
}
