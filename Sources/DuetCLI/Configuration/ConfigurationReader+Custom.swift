import SyncCore
import Yams

/// Objects that the accounts made themselves, and what belongs to what by ties that no property shows.
extension ConfigurationReader {
    /// What a mapping keeps in step: one of the objects that every account has, or one of the account's own, which says
    /// with what of Salesforce's it goes.
    mutating func kind(_ node: Node, with salesforce: Node?) -> ObjectKind? {
        guard let text = self.text(node, "hubspot") else { return nil }
        if let kind = ObjectKind.named(text) { return kind }
        if let event = UnsyncedEvent(named: text) {
            self.fail(node, "`\(text)` is not synced: \(event.reason).")
            return nil
        }
        guard let salesforce, let object = self.customCounterpart(salesforce) else {
            let names = ObjectKind.all.map(\.hubspot)
            let hint = Suggestion.nearest(to: text, among: names).map { "Did you mean `\($0)`?" }
            self.fail(
                node,
                "`\(text)` is not a HubSpot object that this version syncs.",
                (hint ?? Suggestion.text(for: text, among: names))
                    + " A custom object also says with what it goes, as `salesforce: Car__c`."
            )
            return nil
        }
        return .custom(hubspot: text, salesforce: object)
    }

    /// The one Salesforce object of a custom mapping; `nil` for those that HubSpot's own objects go with.
    private func customCounterpart(_ node: Node) -> String? {
        let nodes = node.sequence.map(Array.init) ?? [node]
        guard nodes.count == 1, let text = nodes[0].scalar?.string, !text.isEmpty,
            ObjectKind.counterpart(text) == nil
        else { return nil }
        return text
    }

    /// The ties that stand in the place of a property, if a field names such.
    mutating func association(
        _ members: [String: Node],
        _ kind: ObjectKind
    ) -> Configuration.Association? {
        guard let node = members["association"] else {
            if let label = members["label"] {
                self.fail(label, "`label` is for fields with `association`.")
            }
            return nil
        }
        guard let object = self.text(node, "association") else { return nil }
        if members["hubspot"] != nil {
            self.fail(
                node,
                "A field has either `hubspot` or `association`.",
                "Keep the one that is meant."
            )
        }
        if kind.dated != nil {
            self.fail(
                node,
                "What \(kind.hubspot) belong to goes over as `contact` and `about`.",
                "Write `hubspot: contact` with `WhoId`, or `hubspot: about` with `WhatId`."
            )
        }
        for name in ["values", "unlisted", "default", "order"] {
            guard let other = members[name] else { continue }
            self.fail(other, "`\(name)` says nothing of an association: its values are records.")
        }
        return Configuration.Association(
            object: object,
            label: members["label"].flatMap { self.text($0, "label") }
        )
    }
}
