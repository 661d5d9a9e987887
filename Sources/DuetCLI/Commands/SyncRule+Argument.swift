import ArgumentParser
package import SyncCore

extension SyncRule: ExpressibleByArgument {
    /// The short form, or the screen's words.
    package init?(argument: String) {
        let found = Self.allCases.first {
            $0.rawValue == argument || $0.title.lowercased() == argument.lowercased()
        }
        guard let found else { return nil }
        self = found
    }
}
