using System.Text;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Which words of an answer may be a person's name.</summary>
internal static class NameWords
{
    /// <summary>With fewer letters a name is no short form of another: "Jo".</summary>
    private const int ShortestName = 3;

    public static readonly HashSet<string> Titles = Set("mister mr mrs miss ms mx dr doctor prof professor reverend rev sir captain father sister lady lord dame madam esquire esq phd mbe obe cbe bsc msc");

    /// <summary>Parts of names that are written small: "van der Berg".</summary>
    public static readonly HashSet<string> Particles = Set("de van von der den la le da di del della bin ibn al el st dos");

    /// <summary>A name does not follow these: "in Spain", "to cancel".</summary>
    private static readonly HashSet<string> Places = Set("in on at from near about to of by into until till through than");

    /// <summary>What follows these is a thing or an action, unless it has a capital: "the landlord", "you transfer".</summary>
    private static readonly HashSet<string> Determiners = Set("the a an my your our his her their this these those any some no every each i you he she we they who can could would should must do does did will shall might need want get got have has had be too very so more most all both please let me");

    /// <summary>A name follows.</summary>
    private static readonly HashSet<string> SureLinks = Set("under called named name name's names surname surname's");

    /// <summary>A name follows, or another answer: "it's ridiculous".</summary>
    private static readonly HashSet<string> Hints = Set("as i'm im it's its that's be been say said put try me for booking's reservation's account's table's room's order's appointment's");

    private static readonly HashSet<string> Denials = Set("not isn't wasn't never without instead than née nee formerly previously");

    /// <summary>Words that are no name, or so seldom that it must be asked again.</summary>
    private static readonly HashSet<string> Others = Set(
        // Pronouns, articles, prepositions, conjunctions, question words.
        "i me my mine myself you your yours yourself he him his she her hers it its we us our ours they them their theirs this that these those who whom whose what which when where why how "
        + "a an the and or but nor so yet if because cause as than then though although while until till unless since of in on at to from with without within by for about into onto over under off out up down through across between after before during against near behind beside around along upon per via "
        + "not no yes yeah yep yup nope nah ok okay sure alright right wrong true false maybe perhaps certainly definitely absolutely exactly really fairly totally completely actually basically literally obviously probably possibly hopefully unfortunately "
        // Verbs.
        + "is am are was were be been being isn't aren't wasn't weren't ain't do does did doing done don't doesn't didn't have has had having haven't hasn't hadn't can can't cannot could couldn't would wouldn't should shouldn't shall won't must mustn't might need needs needed needn't dare used "
        + "go goes going gone went come comes coming came get gets getting got gotten give gives giving gave given take takes taking took taken make makes making made put puts putting let lets know knows knew known think thinks thinking thought say says said saying tell tells told telling ask asks asked asking "
        + "speak speaks speaking spoke spoken talk talks talking talked call calls calling called ring rang rung phone phoned hear heard hearing see sees saw seen seeing look looks looked looking find finds found want wants wanted like likes liked love loved prefer prefers hate hope hopes wish mean means meant "
        + "try tries trying tried use uses using help helps helping helped keep keeps kept hold holds holding held wait waits waiting waited stop stopped start started begin began finish finished repeat repeated understand understood remember remembered forget forgot forgotten believe believed guess suppose reckon wonder mind care matter happen happened "
        + "work works working worked live lives living lived move moved moving pay pays paid paying buy bought sell sold send sends sent sending receive received book books booked booking reserve reserved order ordered ordering cancel cancelled canceled cancelling change changes changed changing check checks checked checking confirm confirmed confirming "
        + "register registered sign signed list listed spell spells spelled spelt spelling pronounce pronounced write wrote written read type typed enter entered open opened close closed leave left leaving arrive arrived arrives arriving deliver delivered pick picked picking bring brought show showed shown answer answered connect connected transfer transferred press pressed "
        + "marry married divorced retired belongs belong join joined report reported explain explained provide share shared verify trust add added remove removed update updated fix fixed break broke broken lose lost "
        // Nouns of such calls.
        + "brackets bracket comma forename forenames name names surname surnames firstname lastname initial initials letter letters number numbers digit digits word words line telephone mobile cell email mail e-mail address account accounts customer customers client member membership card cards code codes password pin orders reservation reservations bookings appointment appointments "
        + "table room rooms party ticket tickets policy claim invoice refund payment money deposit parcel package delivery item items product service services support sales billing department desk reception office company business team manager supervisor operator agent representative assistant person people human someone somebody anyone anybody everyone everybody nobody "
        + "thing things stuff something anything nothing everything problem problems issue issues question questions reason information info details detail record records file system computer machine robot website internet online app router broadband "
        + "husband wife partner son daughter kid kids child children mother father mom mum dad mommy brother sister parents parent boyfriend girlfriend friend friends colleague secretary boss neighbour neighbor aunt uncle cousin grandmother grandfather grandma grandpa gran guy guys man woman lady gentleman gentlemen boy girl sir ma'am madam mate dear darling "
        + "time times day days week weeks month months year years hour hours minute minutes second seconds moment today tomorrow yesterday tonight morning afternoon evening night noon monday tuesday wednesday thursday friday saturday sunday weekend date birthday birth january february march "
        + "house home flat apartment street road city town country place car english spanish french german welsh irish polish "
        // Adjectives, adverbs, numbers.
        + "good great fine well better best bad worse nice new old other another same different next last first third final whole full middle maiden own only just even also too very much many more most less few little lot lots some any all both each every either neither such enough quite rather pretty almost nearly already still again once twice always never often sometimes ever now later soon here there everywhere anywhere back away "
        + "short long big small easy hard simple common private personal public correct ready available possible sorry afraid happy glad welcome double triple single barrelled barreled hyphen hyphenated dash apostrophe space capital capitals lowercase uppercase silent extra plain usual proper real official dead stuck busy late cold hot sick ill tired angry upset confused free empty loud slow legal nickname "
        + "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half "
        // Greeting, hesitation, exclamation.
        + "hi hello hey hiya howdy greetings bye goodbye cheers thanks thank please pardon excuse um uh er erm ah oh ooh hm hmm mm mhm huh eh gosh god goodness wow damn hell oops whoops anyway anyhow course honestly frankly "
        + "transfers transaction transactions withdrawal withdrawals activity unable goodnight otherwise loudly softer dinner lunch outside inside upstairs downstairs abroad overseas offline unwell pregnant alone lucky hungry main menu option options pizza blue red yellow purple orange urgent important serious awful terrible horrible fantastic brilliant amazing excellent perfect lovely strange weird funny crazy stupid nonsense anonymous nameless unknown confidential née nee formerly previously behalf regarding regards colour color sound sounds end part side way kind sort bit sake case fact beginning top bottom anymore skip none privacy");

    /// <summary>Names that are words, too: only before another name, or with a capital inside a sentence.</summary>
    private static readonly HashSet<string> AlsoWords = Set("will may mark bill grace hope joy art rich frank long page price chance drew sue");

    /// <summary>"Anna's mum", "Leo's phone": who says so is another one.</summary>
    private static readonly HashSet<string> Kin = Set("mum mom dad mother father wife husband son daughter sister brother friend partner girlfriend boyfriend carer nurse secretary assistant phone mobile house neighbour neighbor boss colleague");

    public static bool IsOfOther(IReadOnlyList<Token> tokens, int last) => tokens[last].Text.EndsWith("'s", StringComparison.Ordinal) && Kin.Contains(tokens.WordAt(last + 1));

    /// <summary>Whether the token alone looks like a part of a name.</summary>
    public static bool IsName(Token token) =>
        token.Kind == TokenKind.Word && !token.IsLetter && token.Text.Length > 1 && !Words.IsContraction(token.Text) && !Titles.Contains(token.Text) && !Others.Contains(Bare(token.Text)) && !Others.Contains(token.Text);

    public static bool IsDoubtful(Token token) => AlsoWords.Contains(token.Text);

    /// <summary>Ben of Benjamin.</summary>
    public static bool IsShort(Token word, Token whole) => word.Text.Length >= ShortestName && whole.Text.Length > word.Text.Length && whole.Text.StartsWith(word.Text, StringComparison.Ordinal);

    public static bool IsCapital(Token token) => token.Kind == TokenKind.Word && char.IsUpper(token.Raw[0]);

    /// <summary>What the word before a run of names makes of it.</summary>
    public static NameLink LinkOf(IReadOnlyList<Token> tokens, int before, bool isCapital)
    {
        // "It's will, will turner".
        var isAfterStop = before + 1 < tokens.Count && tokens[before + 1].IsAfterStop;
        while (before >= 0 && (Titles.Contains(tokens[before].Text) || (tokens[before].Kind == TokenKind.Sign && tokens[before].Text != "-") || IsHesitation(tokens[before])))
            before--;
        if (before < 0)
            return NameLink.None;
        var word = tokens[before].Text;
        // "It used to be Foster".
        if (Denials.Contains(word) || tokens.Follows(before - 2, "used", "to", "be"))
            return NameLink.Denied;
        if (word is "of" && tokens.WordAt(before - 1) is "name" or "names" or "behalf")
            return NameLink.Sure;
        if (word is "by" && tokens.WordAt(before - 1) is "go" or "goes")
            return NameLink.Sure;
        if (word is "to" or "with" && tokens.WordAt(before - 1) is "speaking" or "talking" or "registered" or "belongs" or "listed" or "changed")
            return NameLink.Sure;
        if (word is "am" && tokens.WordAt(before - 1) == "i")
            return NameLink.Hint;
        if (word is "is" && tokens.WordAt(before - 1) is "company" or "business" or "firm" or "street" or "road" or "city" or "town" or "address" or "password" or "brand")
            return NameLink.Denied;
        if (word is "is" or "was" && tokens.WordAt(before - 1) is "name" or "names" or "surname")
            return NameLink.Sure;
        if (word is "me" && tokens.WordAt(before - 1) is "call" or "calls")
            return NameLink.Sure;
        if (word is "me" && tokens.WordAt(before - 1) is not "be")
            return isCapital ? NameLink.None : NameLink.Denied;
        if (word is "be" && tokens.WordAt(before - 1) is "to" or "don't")
            return NameLink.None;
        // "Jane, that's my first name, ford is my last".
        if (word is "name" or "surname" && NameLabels.IsAfterName(tokens, word == "surname" ? before : before - 1))
            return NameLink.None;
        if (SureLinks.Contains(word))
            return NameLink.Sure;
        if (word is "is" or "was" && tokens.WordAt(before - 1) is "it" or "that" or "this" or "one" or "me" or "here")
            return NameLink.Hint;
        if (Hints.Contains(word))
            return NameLink.Hint;
        if (Places.Contains(word))
            return NameLink.Denied;
        return Determiners.Contains(word) && !isCapital && !isAfterStop ? NameLink.Denied : NameLink.None;
    }

    public static bool IsHesitation(Token token) => token.Text is "um" or "uh" or "er" or "erm" or "ah" or "hm" or "hmm";

    /// <summary>As names are written: "mcdonald" is McDonald, "o'brien" O'Brien.</summary>
    public static string Capital(Token token)
    {
        // "MacDonald", "DeShawn": as the recogniser knows it.
        if (char.IsUpper(token.Raw[0]) && token.Raw.Any(char.IsLower))
            return Bare(token.Raw);
        var word = Bare(token.Text);
        var text = new StringBuilder(word);
        var isStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (isStart && char.IsLetter(text[i]))
                text[i] = char.ToUpperInvariant(text[i]);
            // O'Brien, but not Smith's.
            isStart = (text[i] == '\'' && i == 1) || (i == 1 && word.StartsWith("mc", StringComparison.Ordinal) && word.Length > 4);
        }
        return text.ToString();
    }

    /// <summary>"Webb's" is Webb.</summary>
    private static string Bare(string word) => word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}

/// <summary>What stands before a name.</summary>
internal enum NameLink
{
    /// <summary>"Not", "in": what follows is none.</summary>
    Denied,

    None,

    /// <summary>"It's", "for": what follows is an answer.</summary>
    Hint,

    /// <summary>"My name is", "under": what follows is a name.</summary>
    Sure,
}
