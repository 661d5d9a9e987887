/// How the org works out the value of a field that nobody writes.
package enum MockSalesforceCalculation: Sendable, Hashable, Codable {
    /// Fields of the record itself, or of one that a lookup of its names (`Account.Industry`); several are joined by
    /// a blank.
    case formula([String])
    /// Over the records of another object whose lookup names this one.
    ///
    /// `sum`: the field that is added up; without one the records are counted.
    case rollUp(of: String, by: String, sum: String?)

    /// The formula as describe has it; none of a roll-up (Object Reference: `calculatedFormula`).
    var text: String? {
        switch self {
        case .formula(let paths): paths.joined(separator: " & \" \" & ")
        case .rollUp: nil
        }
    }
}
