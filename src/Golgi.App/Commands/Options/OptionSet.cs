using System.CommandLine;
using System.CommandLine.Parsing;

namespace Golgi.App.Commands.Options;

/// <summary>
/// The options that fill an options record, each declared once: its name, what help says of it, the property it reads its default from, and
/// how a record gets a new value. What a record refuses is an error of the option, by the option's name.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="usual">The record whose values help shows as defaults.</param>
internal sealed class OptionSet<T>(T usual)
    where T : class
{
    private readonly List<(Option Option, Func<Session, T, T> Change)> entries = [];

    /// <summary>All of them, in the order in which they were declared.</summary>
    public IEnumerable<Option> All => entries.Select(entry => entry.Option);

    /// <summary>Declares an option whose value is written as a word, a number, or words between spaces (a list).</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For help. Where the default depends on other things, it says so, and <paramref name="get"/> gives null.</param>
    /// <param name="get">From a record to the value; null: help shows none.</param>
    /// <param name="set">The record with another value.</param>
    public Option<string[]> Add<TValue>(string name, string description, Func<T, TValue> get, Func<T, TValue, T> set) =>
        Add(name, description, get, set, words => Words.Read<TValue>(name, words));

    /// <summary>Declares an option with a grammar of its own.</summary>
    /// <param name="read">From its words to the value; throws an ArgumentException that says what would be right.</param>
    /// <inheritdoc cref="Add{TValue}(string, string, Func{T, TValue}, Func{T, TValue, T})" path="/param"/>
    public Option<string[]> Add<TValue>(
        string name, string description, Func<T, TValue> get, Func<T, TValue, T> set, Func<IReadOnlyList<string>, TValue> read)
    {
        var option = new Option<string[]>(name)
        {
            Description = Words.Describe<TValue>(description),
            Arity = Words.ArityOf<TValue>(),
            AllowMultipleArgumentsPerToken = Words.IsList<TValue>(),
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)], // as they stand: reading them is the record's business
        };
        if (Words.Write(get(usual)) is { } written) option.DefaultValueFactory = _ => written;
        option.Validators.Add(result => Validate(result, words => set(usual, read(words))));
        entries.Add((option, (session, record) => Change(option, record, value => set(value, read(session.Words(option))))));
        return option;
    }

    /// <summary>Takes on an option that was declared apart, and how it changes a record.</summary>
    public void Add(Option option, Func<Session, T, T> change) => entries.Add((option, change));

    /// <summary>Adds the options to a command, but for some.</summary>
    public void AddTo(Command command, params Option[] except)
    {
        foreach (var option in All.Except(except)) command.Options.Add(option);
    }

    /// <summary>A record with what the user wrote.</summary>
    /// <param name="session">The call.</param>
    /// <param name="from">The record that keeps its values where the user wrote nothing; null: the usual one.</param>
    /// <exception cref="ArgumentException">A value does not fit; the message names the option.</exception>
    public T Read(Session session, T? from = null) =>
        entries.Where(entry => session.Given(entry.Option)).Aggregate(from ?? usual, (record, entry) => entry.Change(session, record));

    private static T Change(Option option, T record, Func<T, T> change)
    {
        try
        {
            return change(record);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException(Words.About(option.Name, error), error);
        }
    }

    private static void Validate(OptionResult result, Action<string[]> change)
    {
        if (result.Implicit) return;
        try
        {
            change([.. result.Tokens.Select(token => token.Value)]);
        }
        catch (ArgumentException error)
        {
            result.AddError(Words.About(result.Option.Name, error));
        }
    }
}
