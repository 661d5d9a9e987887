/// A version of Salesforce's API, as paths name it: `62.0`.
package struct SalesforceVersion: Sendable, Hashable {
    package var name: String

    package init(_ name: String) {
        self.name = name
    }

    /// The one that Duet is built and tested against; the only place that names it.
    package static let pinned = SalesforceVersion("62.0")

    /// The setting that names another one.
    package static let setting = "`apiVersion` under `salesforce`"

    /// When Salesforce retires or has retired it, as far as it has said; `nil` where nothing is
    /// announced.
    ///
    /// Salesforce Help: API versions 7.0 through 20.0, 21.0 through 30.0 and 31.0 through 40.0
    /// retirement. Each version lives three years at least and is told a year ahead (REST API: end
    /// of life).
    package var end: String? {
        guard let number = Double(self.name) else { return nil }
        return switch number {
        case ..<21: "the Summer '22 release"
        case ..<31: "the Summer '25 release"
        case ..<41: "the Summer '28 release"
        default: nil
        }
    }
}
