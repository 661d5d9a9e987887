/// Whoever reads HubSpot's journal from file to file finds each change once, in the order of the
/// commits; a file that is too old is refused, and what comes after it begins with the oldest kept.
struct JournalIsComplete: Checker {
    static let name = "journalIsComplete"

    func violations(in evidence: Evidence) -> [String] {
        guard let feeds = evidence.feeds, feeds.journalSince > 0 else { return [] }
        return self.files(feeds) + self.notices(feeds) + self.changes(evidence, feeds)
    }

    // MARK: - Files

    private func files(_ feeds: ObservedFeeds) -> [String] {
        var problems = feeds.files.filter { !$0.isRight }.map {
            "the file of \($0.publishedAt) is not the one that its entry named"
        }
        for (first, second) in zip(feeds.files, feeds.files.dropFirst())
        where first.reading == second.reading && second.publishedAt <= first.publishedAt {
            problems.append("file \(second.publishedAt) comes after \(first.publishedAt)")
        }
        for file in feeds.files {
            for event in file.events where event.occurredAt >= file.publishedAt {
                problems.append("file \(file.publishedAt) tells of \(event.occurredAt)")
            }
            let isOther = file.events.contains {
                $0.portalID != 9_900_001 || $0.objectTypeID != "0-1"
            }
            if isOther { problems.append("file \(file.publishedAt) tells what nobody asked for") }
        }
        for files in Dictionary(grouping: feeds.files, by: \.offset).values
        where Set(files.map(\.events)).count > 1 {
            problems.append("file \(files[0].publishedAt) changed after it was read")
        }
        return problems.sorted()
    }

    private func notices(_ feeds: ObservedFeeds) -> [String] {
        var published: [String: Int64] = [:]
        for file in feeds.files { published[file.offset] = file.publishedAt }
        return feeds.journalNotices.compactMap { notice in
            let horizon = notice.at - feeds.plan.retention
            switch notice.kind {
            case .refused(let offset):
                guard let time = published[offset] else { return "an unknown offset was asked for" }
                return time > horizon + Self.slack
                    ? "the file of \(time) was refused at \(notice.at) although it was kept" : nil
            case .answered(let offset?):
                guard let time = published[offset] else { return "an unknown offset was asked for" }
                return time <= horizon - Self.slack
                    ? "the file of \(time) was taken at \(notice.at) although it was gone" : nil
            case .answered(nil): return nil
            case .noFile(let status, let expiresAt):
                return status == 403 && notice.at >= expiresAt
                    ? nil : "a file that should be there was answered with \(status)"
            case .failed(let status): return "the journal answered \(status) at \(notice.at)"
            }
        }
    }

    // MARK: - Changes

    private func changes(_ evidence: Evidence, _ feeds: ObservedFeeds) -> [String] {
        var known: Set<String> = []
        let files = feeds.files.filter { known.insert($0.offset).inserted }
            .sorted { $0.publishedAt < $1.publishedAt }
        let told = files.flatMap(\.events)
        var problems = zip(told, told.dropFirst()).filter { $1.occurredAt < $0.occurredAt }.map {
            "what occurred at \($1.occurredAt) comes after \($0.occurredAt)"
        }
        let missed = Self.missed(feeds)
        func isExcused(_ change: ToldChange) -> Bool {
            change.at <= max(missed, feeds.journalSince) || change.at > feeds.endedAt - Self.catchUp
        }
        let changes = Dictionary(grouping: ToldChange.all(in: evidence), by: \.id)
        let events = Dictionary(grouping: told, by: \.objectID)
        for id in Set(changes.keys).union(events.keys).sorted() {
            var left = (changes[id] ?? [])[...]
            for event in events[id] ?? [] {
                guard let place = left.firstIndex(where: { Self.isTold($0, by: event) }) else {
                    problems.append("\(id): nobody did \(event.action) at \(event.occurredAt)")
                    continue
                }
                problems += left[..<place].filter { !isExcused($0) }.map(Self.untold)
                left = left[(place + 1)...]
            }
            problems += left.filter { !isExcused($0) }.map(Self.untold)
        }
        return problems
    }

    private static func isTold(_ change: ToldChange, by event: JournalFile.Event) -> Bool {
        let merged = Set(event.mergedIDs + [event.primaryID].compactMap(\.self))
        return change.action == event.action && change.at == event.occurredAt
            && change.properties == event.properties
            && change.merged == merged.subtracting([event.objectID])
    }

    private static func untold(_ change: ToldChange) -> String {
        "\(change.id): \(change.action) of \(change.at) stands in no file"
    }

    /// What occurred until then may be gone: whoever asks for the earliest file gets what is kept.
    private static func missed(_ feeds: ObservedFeeds) -> Int64 {
        var missed = Int64.min
        for notice in feeds.journalNotices {
            switch notice.kind {
            case .answered(nil):
                missed = max(missed, notice.at - feeds.plan.retention + Self.slack)
            case .answered, .refused, .noFile, .failed: break
            }
        }
        return missed
    }

    /// A file collects for a second, and a request is on its way for up to another one.
    private static let slack: Int64 = 3_000
    /// How long the observer may take for the last changes of a run, in milliseconds.
    private static let catchUp: Int64 = 1_800_000
}
