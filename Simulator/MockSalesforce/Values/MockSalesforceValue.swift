/// One value of a record, as the mock stores it.
///
/// Numbers keep their decimal text, so that no digit is lost; dates and ids are text.
package enum MockSalesforceValue: Sendable, Hashable, Codable {
    case null
    case boolean(Bool)
    /// A decimal number as text.
    case number(String)
    case text(String)
    /// Milliseconds since 1970, always whole seconds.
    case datetime(Int64)
}

typealias Value = MockSalesforceValue

extension MockSalesforceValue {
    /// The text of a text value; `nil` for any other kind.
    package var text: String? {
        switch self {
        case .text(let text): text
        case .null, .boolean, .number, .datetime: nil
        }
    }

    /// The milliseconds of a date and time; `nil` for any other kind.
    package var milliseconds: Int64? {
        switch self {
        case .datetime(let milliseconds): milliseconds
        case .null, .boolean, .number, .text: nil
        }
    }

    /// The value as REST writes it, without quotes; empty for null.
    package var wireText: String {
        switch self {
        case .null: ""
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let text), .text(let text): text
        case .datetime(let milliseconds): SalesforceTime.format(milliseconds)
        }
    }

    var isNull: Bool { self == .null }
}
