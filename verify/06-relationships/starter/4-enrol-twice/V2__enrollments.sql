alter table app.enrollments
  add foreign key (student_id) references app.students,
  add foreign key (course_id) references app.courses;
