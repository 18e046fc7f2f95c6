using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Http;

/// <summary>
/// How problems are said on the paths of a protocol that has a form of its own for them. A module that serves such a
/// protocol registers one; everywhere else problems are RFC 9457 documents. Thread-safe.
/// </summary>
public interface IProblemForm
{
    /// <summary>Whether the clients of this path expect the form.</summary>
    bool Covers(PathString path);

    /// <summary>The answer for <paramref name="problem"/>, in the caller's language.</summary>
    IResult Of(HttpContext http, Problem problem);
}
