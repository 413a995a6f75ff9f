namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>What kind of value a question asks for, and so how an answer is read.</summary>
public enum SlotType
{
    /// <summary>Digits only: account, customer, PIN.</summary>
    Digits,

    /// <summary>Digits, with a + where a country code is said.</summary>
    Phone,

    /// <summary>Letters and digits in upper case, without blanks: bookings, plates, postcodes.</summary>
    Alnum,

    /// <summary>A name spelled letter by letter, in upper case.</summary>
    Spelled,

    /// <summary>A person's name, capitalised.</summary>
    Name,

    Email,

    /// <summary><c>2026-06-09</c>.</summary>
    Date,

    /// <summary><c>16:15</c>.</summary>
    Time,

    /// <summary><c>2026-06-09T16:15</c>.</summary>
    DateTime,

    /// <summary>ISO 8601: <c>PT30M</c>, <c>P2W</c>.</summary>
    Duration,

    /// <summary><c>45.20 USD</c>; without currency where none was said.</summary>
    Money,

    /// <summary>A plain decimal.</summary>
    Number,

    /// <summary>The decimal before the sign.</summary>
    Percent,

    /// <summary>Which of a list: <c>2</c>, or <c>last</c>.</summary>
    Ordinal,

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    YesNo,

    /// <summary>Of a card: <c>2027-04</c>.</summary>
    Expiry,

    /// <summary>One of the flow's own words.</summary>
    Choice,

    /// <summary>Anything, as it was heard.</summary>
    Text,
}
