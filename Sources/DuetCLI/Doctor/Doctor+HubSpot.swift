import CRMInterface
import HubSpotConnector
import SyncCore

/// What HubSpot's token may not do, and what the portal lacks.
extension Doctor {
    package func checks(hubspot look: AccountLook, now: Int64) -> [Check] {
        if let refusal = look.refusal { return [Self.refused(.hubspot, refusal)] }
        let account = look.rights.account
        let needed = HubSpotScopes.needed(by: self.configuration)
        let fields = self.configuration.mappings.flatMap { self.properties(of: $0, look) }
        let keys = self.configuration.mappings.flatMap { Self.keys(of: $0, look) }
        let count = self.configuration.mappings.reduce(0) { $0 + Self.names(of: $1).count }
        let version = self.configuration.hubspot.apiVersion
        return [
            Check(
                .hubspot,
                .account,
                [account.map { "portal \($0.id)" }, account?.edition]
                    .compactMap(\.self).joined(separator: ", ")
            ),
            Check(
                .hubspot,
                .scopes,
                "\(needed.count) needed",
                self.examine(hubspot: look.rights)
            ),
            Check(.hubspot, .fields, "\(count) needed", fields),
            Check(.hubspot, .keys, self.hubspotKeys, keys),
            Self.calls(.hubspot, look.rights.usage),
            Self.clock(.hubspot, look.rights.clockLead, isStrict: false),
            Check(
                .hubspot,
                .version,
                "\(version.name), supported until \(version.end)",
                Expiry(
                    .hubspot,
                    "version \(version.name) of HubSpot's API",
                    endsAt: version.endsAt,
                    nextStep: version == .pinned
                        ? "Bring Duet up to date."
                        : "Leave out `apiVersion` under `hubspot`, or name a newer one."
                ).diagnosis(now: now).map { [$0] } ?? []
            ),
            NativeIntegration.check(look, now: now),
        ]
    }

    // MARK: - Pieces

    private var hubspotKeys: String {
        let names = self.configuration.mappings.flatMap { $0.hubspotKeys.values }
        return names.isEmpty ? "none" : Set(names).sorted().joined(separator: ", ")
    }

    private func properties(
        of mapping: Configuration.Mapping,
        _ look: AccountLook
    ) -> [Diagnosis] {
        let object = mapping.written
        if look.refused[mapping.name] != nil {
            return [
                Diagnosis(
                    .hubspot,
                    .objectNotVisible,
                    object,
                    cause: "HubSpot does not let the app's user view \(mapping.kind.shown).",
                    nextStep:
                        "Give it in HubSpot: Settings, Users & Teams, the user, Permissions, CRM objects, View."
                )
            ]
        }
        guard let described = look.objects[mapping.name] else {
            let missing = HubSpotScopes.missing(in: look.rights, self.configuration)
            guard mapping.kind.isCustom, missing.isDisjoint(with: HubSpotScopes.reading(mapping))
            else { return [] }
            return [
                Diagnosis(
                    .hubspot,
                    .objectNotVisible,
                    object,
                    cause: "HubSpot shows this app no custom object \(object).",
                    nextStep:
                        "Make it in HubSpot: Settings, Objects, Custom Objects (Enterprise plans have them), or "
                        + "take the mapping out: all others go on without it."
                )
            ]
        }
        return Self.names(of: mapping).subtracting(described.fields.map(\.name)).sorted().map {
            name in
            Diagnosis(
                .hubspot,
                .fieldNotVisible,
                "\(object).\(name)",
                cause: "HubSpot shows no property \(name) of \(mapping.kind.shown).",
                nextStep:
                    "Make it with `duet fields create` or in HubSpot (Settings, Properties), correct its name in the "
                    + "configuration, or let the app's user see it."
            )
        }
    }

    /// The properties that are read or written, without keys and ties.
    private static func names(of mapping: Configuration.Mapping) -> Set<String> {
        let tied = Set(mapping.kind.references.filter(\.isTied).map(\.hubspot))
        var names = mapping.fields.filter { $0.association == nil && $0.rule != .dontSync }
            .map(\.hubspot).filter { !tied.contains($0) }
        names += mapping.include.hubspot.flatMap(\.self).map(\.field)
        names += [mapping.status?.fields.hubspot.status, mapping.status?.fields.hubspot.page]
            .compactMap(\.self)
        return Set(names)
    }

    private static func keys(of mapping: Configuration.Mapping, _ look: AccountLook) -> [Diagnosis]
    {
        guard let described = look.objects[mapping.name] else { return [] }
        let make =
            "HubSpot: Settings, Properties, \(mapping.kind.shown), Create property, single-line text, \"Require unique "
            + "values\"; or write `keys: none`."
        return Set(mapping.hubspotKeys.values).sorted().compactMap { key in
            let subject = "\(mapping.written).\(key)"
            guard let field = described.field(key) else {
                return Diagnosis(
                    .hubspot,
                    .keyNotVisible,
                    subject,
                    cause:
                        "HubSpot shows no property \(key) of \(mapping.kind.shown), which holds Salesforce's ids.",
                    nextStep: "Make it with `duet fields create`, or in \(make)"
                )
            }
            guard !field.isUnique else { return nil }
            return Diagnosis(
                .hubspot,
                .keyNotUnique,
                subject,
                cause:
                    "HubSpot's property \(key) of \(mapping.kind.shown) does not demand unique values.",
                nextStep: "Create another one in \(make)"
            )
        }
    }
}
