using AsteriskVoiceAi.Calls.Slots;

namespace AsteriskVoiceAi.Tests.Slots;

/// <summary>Names among the words that people say around them, in made-up answers.</summary>
public sealed class NameReaderTests
{
    [TestCase("Jansen. Peter Jansen.", "Peter Jansen")]
    [TestCase("The booking's under Achebe, I think.", "Achebe")]
    [TestCase("Dr. Helen Marsh.", "Helen Marsh")]
    [TestCase("it's mr and mrs thornbury", "Thornbury")]
    [TestCase("The name on the account is Denise Adeyemi.", "Denise Adeyemi")]
    [TestCase("you can put it down as rhys morgan please", "Rhys Morgan")]
    [TestCase("I'm ringing for my mother, the booking's in her name, Dorothy Lake.", "Dorothy Lake")]
    [TestCase("Oh gosh, um, I think I said Lucy when I rang. Lucy Penrose.", "Lucy Penrose")]
    [TestCase("i go by max but it's booked under maximilian sommer", "Maximilian Sommer")]
    [TestCase("hello there my name's edith i'm edith marlowe", "Edith Marlowe")]
    [TestCase("First name Olivia, surname Barnes.", "Olivia Barnes")]
    [TestCase("last name kowalski first name piotr", "Piotr Kowalski")]
    [TestCase("i'm nathan and my last name is okoro", "Nathan Okoro")]
    [TestCase("Nguyen. N-G-U-Y-E-N. First name Linh.", "Linh Nguyen")]
    [TestCase("It's Ravi Shah, S-H-A-H, not S-H-A-W.", "Ravi Shah")]
    [TestCase("hannah h a n n a h hannah pool", "Hannah Pool")]
    [TestCase("It's Clark with an E. C-L-A-R-K-E.", "Clarke")]
    [TestCase("stephen with a p h stephen ridgeway", "Stephen Ridgeway")]
    [TestCase("donna no not donna dana whitmore", "Dana Whitmore")]
    [TestCase("Catherine Doyle, sorry, that's Katherine with a K.", "Katherine Doyle")]
    [TestCase("No, it's not Martin, it's Morton. Keith Morton.", "Keith Morton")]
    [TestCase("Well, it used to be Foster, but it's Ellison now.", "Ellison")]
    [TestCase("The name is Forsyth-Grant, Alistair Forsyth-Grant.", "Alistair Forsyth-Grant")]
    [TestCase("anna fraser hyphen jones", "Anna Fraser-Jones")]
    [TestCase("John F. Carter", "John F Carter")]
    [TestCase("Will Carpenter.", "Will Carpenter")]
    [TestCase("Mark Day is my name.", "Mark Day")]
    [TestCase("uh the reservation's for amy lind party of four", "Amy Lind")]
    [TestCase("it's Martin Webb's booking", "Martin Webb")]
    public void Name_is_found_among_other_words(string text, string name) => Assert.That(Read(text)?.Value, Is.EqualTo(name));

    [TestCase("I'd rather not give my name, if that's all right.")]
    [TestCase("I haven't actually booked anything yet.")]
    [TestCase("i'm not sure whose name my secretary used i'd have to ask her")]
    [TestCase("It's ridiculous.")]
    [TestCase("it's complicated")]
    [TestCase("I'm freezing.")]
    [TestCase("my TV is not working")]
    [TestCase("I was driving down Church Street last night and hit a hole")]
    [TestCase("do you have winter tires for a Honda Civic")]
    [TestCase("customer service please")]
    [TestCase("Jon Clark. That's Clark with an E on the end.")]
    [TestCase("It's for John Smith or it might be Mary Jones.")]
    [TestCase("is my name saved")]
    public void Sentence_without_one_name_has_none(string text) => Assert.That(Read(text)?.Value, Is.Null);

    [Test]
    public void Name_that_took_anothers_place_is_asked_again() => Assert.That(Read("joan no jane miller")?.Confidence, Is.EqualTo(SlotReading.Guessed));

    private static SlotReading? Read(string text) => SlotReader.Read(new SlotQuestion(SlotType.Name, new DateTime(2026, 9, 3)), text);
}
