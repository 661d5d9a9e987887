import Foundation
package import SyncCore
package import SyncStore

/// Values that the store keeps as text, under a name.
package enum StoredValue {
    /// The same value makes the same text.
    package static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// What a text says; `nil` for none, and for one of another form.
    package static func value<Value: Decodable>(in text: String?) -> Value? {
        text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}

extension SyncStore {
    package func value<Value: Decodable>(_ name: String) async throws(SyncError) -> Value? {
        StoredValue.value(in: try await self.text(name))
    }

    package func setValue(
        _ value: some Encodable & Sendable,
        for name: String
    ) async throws(SyncError) {
        try await self.setText(StoredValue.text(of: value), for: name)
    }
}
