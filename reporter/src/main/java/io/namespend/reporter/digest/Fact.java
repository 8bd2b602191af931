package io.namespend.reporter.digest;

/** One figure beside the total, and what it means. */
public record Fact(String name, String figure, String meaning) {}
