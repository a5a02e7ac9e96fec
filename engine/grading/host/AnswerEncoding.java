package grading.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lesson.Exercise;

/**
 * Finds files of an answer that are not saved as UTF-8, before javac, PostgreSQL or a shell complains of characters that the
 * learner never typed. A byte order mark is no reason to complain.
 */
final class AnswerEncoding {
    private AnswerEncoding() { }

    /** What to do about each file that is not UTF-8; empty where all are. */
    static List<String> problems(Path folder) {
        return Exercise.answerFiles(folder).stream().flatMap(file -> otherThanUtf8(file)
            .map(encoding -> file.getFileName() + " is saved as " + encoding + ": save it as UTF-8 in your editor").stream()).toList();
    }

    private static Optional<String> otherThanUtf8(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            return isUtf16(bytes) ? Optional.of("UTF-16") : isUtf8(bytes) ? Optional.empty() : Optional.of("Latin-1 or another old encoding");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Every ASCII character has a zero byte there, and no text has one in UTF-8 or Latin-1. */
    private static boolean isUtf16(byte[] bytes) {
        for (var b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
