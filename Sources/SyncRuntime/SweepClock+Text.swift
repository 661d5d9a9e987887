import Foundation
package import SyncCore

/// As the store keeps it.
extension SweepClock {
    /// `nil` for a text that is none: the sweep is due anew.
    package init?(text: String) {
        guard let clock = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else {
            return nil
        }
        self = clock
    }

    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
