import HTTPTransport
import SyncCore

/// Ties that are records of their own in Salesforce.
extension PairRunner {
    static func relations(
        of pair: Pair,
        _ syncers: [String: ObjectSyncer],
        _ resolver: ConflictResolver,
        _ settings: RuntimeSettings
    ) -> [RelationSyncer] {
        pair.mappings.flatMap { mapping in
            mapping.relations.compactMap { relation in
                guard let parent = syncers[relation.parent], let child = syncers[relation.child]
                else { return nil }
                return RelationSyncer(
                    relation: relation,
                    connections: pair.connections,
                    parent: parent,
                    child: child,
                    resolver: resolver,
                    store: pair.store,
                    settings: settings,
                    time: pair.time
                )
            }
        }
    }

    /// Writes the ties of what is linked; what the day's calls do not allow now waits.
    func syncRelations() async throws(SyncError) -> Int {
        var news = 0
        let paused = self.pair.settings.pauses().mappings(at: self.pair.time.wallMilliseconds)
        for relation in self.relations
        where !paused.contains(relation.parent.mapping.name)
            && !paused.contains(relation.child.mapping.name)
        {
            do {
                news += try await relation.run()
            } catch  where error.code == .limitReached {
                self.note(error, error.side ?? .salesforce)
            }
        }
        return news
    }
}
