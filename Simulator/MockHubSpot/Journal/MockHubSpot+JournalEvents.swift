import WireJSON

/// What of the portal's history stands in each app's journal.
extension MockHubSpot {
    mutating func writeJournal(_ changes: [ChangeEvent]) {
        guard !self.journal.subscriptions.isEmpty else { return }
        let apps = Set(self.journal.subscriptions.map(\.appID)).sorted()
        for appID in apps {
            for change in changes {
                // Completed events are told by push only.
                if case .completion = change.kind { continue }
                guard let event = self.journalEvent(change, for: appID) else { continue }
                self.journal.append(event, of: appID, at: change.at, self.settings.journal)
            }
        }
    }

    private func journalEvent(_ change: ChangeEvent, for appID: Int64) -> [UInt8]? {
        let action = Self.action(of: change)
        let asked = self.journal.subscriptions.filter { subscription in
            subscription.appID == appID && subscription.actions.contains(action)
                && self.isAsked(change, subscription)
        }
        guard !asked.isEmpty else { return nil }
        // A subscription without names asks for all properties.
        let isWhole = asked.contains { $0.properties.isEmpty }
        let names = isWhole ? nil : Set(asked.flatMap(\.properties))
        var writer = JSONWriter()
        writer.object { self.write(change, action, names, into: &$0) }
        return writer.bytes
    }

    private static func action(of change: ChangeEvent) -> String {
        switch change.kind {
        case .creation: "CREATE"
        case .update: "UPDATE"
        case .deletion: "DELETE"
        case .restore: "RESTORE"
        case .privacyDeletion: "GDPR_DELETE"
        case .merge: "MERGE"
        case .association(let tie): tie.isRemoved ? "ASSOCIATION_REMOVED" : "ASSOCIATION_ADDED"
        case .membership(_, let isAdded): isAdded ? "ADDED_TO_LIST" : "REMOVED_FROM_LIST"
        case .completion: "COMPLETE"
        }
    }

    private func isAsked(_ change: ChangeEvent, _ subscription: JournalSubscription) -> Bool {
        guard subscription.objectIDs.isEmpty || subscription.objectIDs.contains(change.id) else {
            return false
        }
        switch change.kind {
        case .membership(let list, _):
            return subscription.kind == .listMembership
                && (subscription.listIDs.isEmpty
                    || Int64(list).map(subscription.listIDs.contains) ?? false)
        case .association(let tie):
            return subscription.kind == .association && subscription.objectTypeID == change.type
                && (subscription.associatedTypeIDs.isEmpty
                    || subscription.associatedTypeIDs.contains(tie.to.type))
        case .privacyDeletion:
            return subscription.kind == .privacyDeletion
                && subscription.objectTypeID == change.type
        case .update(let fields):
            return self.isAskedObject(change, subscription)
                && (subscription.properties.isEmpty
                    || fields.contains { subscription.properties.contains($0.name) })
        case .creation, .deletion, .restore, .merge:
            return self.isAskedObject(change, subscription)
        case .completion: return false
        }
    }

    private func isAskedObject(
        _ change: ChangeEvent,
        _ subscription: JournalSubscription
    ) -> Bool {
        guard subscription.kind == .object, subscription.objectTypeID == change.type else {
            return false
        }
        let filters = self.journal.filters.filter { $0.subscriptionID == subscription.id }
        return filters.isEmpty || filters.contains { $0.matches(change.values) }
    }

    private func write(
        _ change: ChangeEvent,
        _ action: String,
        _ names: Set<String>?,
        into item: inout JSONWriter
    ) {
        let type =
            switch change.kind {
            case .association: "association"
            case .membership: "listMembership"
            case .privacyDeletion: "gdprPrivacyDeletion"
            default: "crmObject"
            }
        item.member("type", type)
        item.member("portalId", self.settings.portalID)
        item.member("occurredAt", ServerTime.iso(change.at))
        item.member("action", action)
        if case .association(let tie) = change.kind {
            self.write(tie, into: &item)
            return
        }
        item.member("objectTypeId", change.type)
        item.member("objectId", change.id)
        switch change.kind {
        case .creation(let fields), .update(let fields):
            item.name("propertyChanges")
            item.object { properties in
                for field in fields where names?.contains(field.name) ?? true {
                    properties.member(field.name, field.value)
                }
            }
        case .merge(let primary, let merged, let moved):
            item.member("primaryObjectId", primary)
            item.name("mergedObjectIds")
            item.array { list in for id in merged { list.integer(id) } }
            item.member("newObjectId", change.id)
            item.member("numberOfPropertiesMoved", moved)
        case .membership(let list, _): item.member("listId", Int64(list) ?? 0)
        case .deletion, .restore, .privacyDeletion, .association, .completion: break
        }
    }

    private func write(_ tie: AssociationTable.Change, into item: inout JSONWriter) {
        let type = self.associations.type(tie.kind, from: tie.from.type, to: tie.to.type)
        item.member("fromObjectTypeId", tie.from.type)
        item.member("fromObjectId", tie.from.id)
        item.member("toObjectTypeId", tie.to.type)
        item.member("toObjectId", tie.to.id)
        item.member("associationTypeId", tie.kind)
        item.member("associationCategory", type?.category ?? "USER_DEFINED")
        item.member("isPrimary", type?.isPrimary ?? false)
    }

    // MARK: - Snapshots

    /// Puts the snapshots that are ready by now into the journal.
    mutating func takeSnapshots(_ now: Int64) {
        for place in self.journal.snapshots.indices {
            let snapshot = self.journal.snapshots[place]
            guard snapshot.isFound == nil, snapshot.readyAt <= now else { continue }
            let table = self.place(of: snapshot.objectTypeID)
            let row = table.flatMap { self.follow(snapshot.objectID, $0) }
            let version = row?.version(at: snapshot.readyAt)
            self.journal.snapshots[place].isFound = version != nil
            guard let version, let table, let row else { continue }
            var writer = JSONWriter()
            writer.object { item in
                item.member("type", "crmObject")
                item.member("portalId", self.settings.portalID)
                item.member("occurredAt", ServerTime.iso(snapshot.readyAt))
                item.member("action", "SNAPSHOT")
                item.member("objectTypeId", snapshot.objectTypeID)
                item.member("objectId", snapshot.objectID)
                item.member("snapshotStatusId", snapshot.id)
                item.name("properties")
                item.object { properties in
                    for name in snapshot.properties {
                        properties.name(name)
                        if let value = self.value(name, table, row, version) {
                            properties.string(value)
                        } else {
                            properties.null()
                        }
                    }
                }
            }
            self.journal.append(
                writer.bytes,
                of: snapshot.appID,
                at: snapshot.readyAt,
                self.settings.journal
            )
        }
    }
}
