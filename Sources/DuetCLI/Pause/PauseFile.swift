import Foundation
package import SyncCore

/// The file beside the store that says what is paused; `duet run` looks at it with each pass.
package struct PauseFile: Sendable {
    private let path: String

    /// `store`: the path of the store's file.
    package init(store: String) {
        self.path = store + ".pauses"
    }

    /// What is paused; everything where the file cannot be understood: nobody knows what was meant.
    package func read() -> Pauses {
        guard let data = FileManager.default.contents(atPath: self.path) else { return Pauses() }
        return (try? JSONDecoder().decode(Pauses.self, from: data))
            ?? Pauses([
                Pause(mapping: nil, since: 0, until: nil, reason: "\(self.path) cannot be read")
            ])
    }

    package func write(_ pauses: Pauses) throws(SyncError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        guard let data = try? encoder.encode(pauses) else { return }
        try PrivateFile.write(String(decoding: data, as: UTF8.self) + "\n", to: self.path)
    }
}
