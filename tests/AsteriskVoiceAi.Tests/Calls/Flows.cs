namespace AsteriskVoiceAi.Tests.Calls;

/// <summary>Flow files that the calls run.</summary>
internal static class Flows
{
    public const string Desk = """
        flow: main
        greeting: Hello.
        no-input: { prompts: [Silence one., Silence two.], then: operator }
        no-match: { prompts: [Pardon one., Pardon two.], then: operator }
        intents:
          billing:
            title: the billing department
            keys: "3"
            examples: [billing, question about my invoice, pay a bill, refund]
            do: [{transfer: {context: billing, extension: "602", say: Billing it is.}}]
          hours:
            keys: "41"
            examples: [opening hours, when are you open, are you open on saturday]
            do: [{say: Nine to five.}, {ask-again: Anything else?}]
          menu:
            keys: "4"
            examples: [read me the menu]
            do: [{return: Back to the menu.}]
          operator:
            keys: "0"
            examples: [operator, talk to a person, an agent please]
            do: [{transfer: {context: support, extension: "600", say: Connecting you.}}]
        """;
}
