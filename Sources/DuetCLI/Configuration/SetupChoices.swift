import CRMInterface
package import SyncCore

/// What people choose when they set Duet up; what they do not say is as recommended.
package struct SetupChoices: Sendable, Hashable {
    /// What is kept in step, by HubSpot's names.
    package var objects = ["contacts"]
    /// What a new HubSpot contact becomes in Salesforce: `contact` or `lead`.
    package var createAs = "contact"
    /// Where people whom only one CRM has are made.
    package var creates = Configuration.Creates.both
    /// The segment of HubSpot's whose contacts are synced; `nil` for all.
    package var segment: String?
    /// The share of Salesforce's calls of a day that Duet may use, in percent.
    package var allowance = Configuration.usualShare(of: .salesforce)
    /// A short name for this portal where another one is synced with the same org already.
    package var portal: String?

    package init() {}

    /// The names that `objects` may have.
    package static var known: [String] { DefaultMapping.all.map(\.hubspot) }

    /// Reads a list such as `contacts,companies`; an empty one and `none` stand for contacts alone.
    package mutating func setObjects(_ text: String) throws(SyncError) {
        let names = text.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
            .filter { $0 != "none" }
        for name in names where !Self.known.contains(name) {
            throw SyncError(
                code: .usage,
                cause: "There is no object named \(name) to sync.",
                nextStep: Suggestion.text(for: name, among: Self.known)
            )
        }
        self.objects = Self.known.filter { $0 == "contacts" || names.contains($0) }
    }

    package mutating func setCreateAs(_ text: String) throws(SyncError) {
        let name = text.lowercased()
        guard ["contact", "lead"].contains(name) else {
            throw SyncError(
                code: .usage,
                cause: "A new HubSpot contact can become a contact or a lead.",
                nextStep:
                    "Write contact or lead; rules for each record stand in the file's comments."
            )
        }
        self.createAs = name
    }

    package mutating func setCreates(_ text: String) throws(SyncError) {
        guard let choice = Configuration.Creates(rawValue: text.lowercased()) else {
            throw SyncError(
                code: .usage,
                cause: "`\(text)` is no place where people are made.",
                nextStep: Suggestion.text(
                    for: text,
                    among: Configuration.Creates.allCases.map(\.rawValue)
                )
            )
        }
        self.creates = choice
    }

    package mutating func setAllowance(_ text: String) throws(SyncError) {
        let most = 100 - Configuration.reserve(of: .salesforce)
        guard let percent = Int(text.hasSuffix("%") ? text.dropLast() : text[...]),
            (1...most).contains(percent)
        else {
            throw SyncError(
                code: .usage,
                cause:
                    "The share of Salesforce's calls goes from 1% to \(most)%: the rest is left to others.",
                nextStep: "Write \(Configuration.usualShare(of: .salesforce))%."
            )
        }
        self.allowance = percent
    }

    /// `all` and an empty text stand for everybody.
    package mutating func setSegment(_ text: String) throws(SyncError) {
        let name = text.trimmingSpaces
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar != "\"" && scalar != "\\" && scalar.properties.generalCategory != .control
        }
        guard isPlain else {
            throw SyncError(
                code: .usage,
                cause: "A segment's name has no quotation marks and no backslashes here.",
                nextStep: "Choose all now, and write the name under `include` in the file."
            )
        }
        self.segment = name.isEmpty || name.lowercased() == "all" ? nil : name
    }

    /// The portal's name becomes a part of names of fields; new people of Salesforce's then stay there.
    package mutating func setPortal(_ text: String) throws(SyncError) {
        let isName =
            (1...10).contains(text.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
        guard isName else {
            throw SyncError(
                code: .usage,
                cause: "A portal's name has one to ten letters and digits.",
                nextStep: "Write a short one, such as --portal EU."
            )
        }
        self.portal = text
        self.creates = .salesforce
    }

    /// The field in Salesforce that holds HubSpot's ids, for this portal alone.
    package func key(_ usual: String) -> String {
        guard let portal = self.portal else { return usual }
        return usual.replacing("HubSpot_", with: "HubSpot_\(portal)_", maxReplacements: 1)
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmingSpaces: String {
        let rest = self.drop { $0 == " " }
        return String(String(rest.reversed().drop { $0 == " " }).reversed())
    }
}
