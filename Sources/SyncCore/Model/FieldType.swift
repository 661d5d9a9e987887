/// What a field holds, in words that both CRMs share.
///
/// Each has one normal form as UTF-8 bytes; the empty form is *blank* for all of them:
/// - `text`: no leading or trailing white space, `\n` line ends.
/// - `email`: as text, lower-cased.
/// - `number`: a decimal without exponent, sign only if negative, no leading or trailing zeros
///   (`-0.5`, `1250`, `0`).
/// - `boolean`: `true` or `false`.
/// - `date`: `YYYY-MM-DD`, without a zone.
/// - `datetime`: milliseconds since 1970-01-01T00:00:00Z in decimal.
/// - `singleChoice`: the option's value, trimmed.
/// - `multiChoice`: the values trimmed, unique, sorted by their bytes, joined by `;`.
/// - `reference`: the id as text (Salesforce: 18 characters).
package enum FieldType: String, Sendable, Hashable, CaseIterable, Codable {
    case text
    case email
    case number
    case boolean
    case date
    case datetime
    case singleChoice
    case multiChoice
    case reference

    /// Whether any text is a value, in the form in which it was given but for white space and case.
    package var isText: Bool {
        switch self {
        case .text, .email, .singleChoice, .reference: true
        case .number, .boolean, .date, .datetime, .multiChoice: false
        }
    }
}
