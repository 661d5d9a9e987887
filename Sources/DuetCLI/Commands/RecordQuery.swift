package import SyncCore

/// What a person typed to name one record.
package enum RecordQuery: Sendable, Hashable {
    case email(String)
    case id(String, Side)
    /// A HubSpot page's address, which names the type of the record too.
    case page(String, typeID: String)

    /// Reads an e-mail address, a HubSpot id, a Salesforce id of 15 or 18 characters or a URL.
    package init?(_ text: String) {
        let text = text.split(separator: " ").joined()
        if text.contains("@"), !text.contains("/") {
            self = .email(text.lowercased())
            return
        }
        // The last part of a URL's path that looks like an id names the record.
        let path = text.split(whereSeparator: { $0 == "?" || $0 == "#" }).first ?? ""
        let parts = path.split(separator: "/").map(String.init)
        for part in parts.reversed() {
            if let id = Self.salesforceID(part) {
                self = .id(id, .salesforce)
                return
            }
            if let place = parts.firstIndex(of: "record"), parts.indices.contains(place + 2),
                part == parts[place + 2], part.utf8.allSatisfy({ (48...57).contains($0) })
            {
                self = .page(part, typeID: parts[place + 1])
                return
            }
            if !part.isEmpty, part.utf8.allSatisfy({ (48...57).contains($0) }) {
                self = .id(part, .hubspot)
                return
            }
        }
        return nil
    }

    /// The 18-character form of the id of an object that is synced; `nil` for anything else.
    private static func salesforceID(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let isID = bytes.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        guard isID, bytes.count == 15 || bytes.count == 18,
            ObjectKind.salesforceObject(ofID: text) != nil || Self.isOfOrg(bytes)
        else { return nil }
        return String(text.prefix(15)) + Self.checksum(Array(bytes.prefix(15)))
    }

    /// Whether it may be the id of an object that the org made: those begin with `a` (Salesforce Help: Standard Field
    /// Record ID Prefix Decoder), and end with a number that no word has.
    private static func isOfOrg(_ bytes: [UInt8]) -> Bool {
        bytes.first == UInt8(ascii: "a") && bytes[3..<15].contains { (48...57).contains($0) }
    }

    /// Three characters that say which of each five letters are upper case.
    private static func checksum(_ id: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
        return String(
            (0..<3).map { block in
                var bits = 0
                for offset in 0..<5 where (65...90).contains(id[block * 5 + offset]) {
                    bits |= 1 << offset
                }
                return alphabet[bits]
            }
        )
    }
}
